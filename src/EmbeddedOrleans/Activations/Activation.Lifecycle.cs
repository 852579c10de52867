using EmbeddedOrleans.Scheduling;
using EmbeddedOrleans.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace EmbeddedOrleans.Activations;

/// <summary>
/// Birth and death. The instance is made, its state is read and <c>OnActivateAsync</c> runs before the first request;
/// if any of that throws, the requests that woke the grain fail with it. Death begins when the running requests have
/// ended; whatever still waits, and whatever comes, goes to the next activation, which starts after this one's end.
/// </summary>
internal sealed partial class Activation
{
    private ActivationState _state;
    private DeactivationReason? _endReason;
    private DeactivationReason? _endWhenServed;
    private AsyncServiceScope? _scope;
    private List<IStateFacet>? _stateFacets;
    private volatile bool _usedSinceScan;
    private long _lastUsed;
    private long _keepUntil = long.MinValue;

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        // A grain that ends itself takes no further request, not even one that has already arrived.
        if (RuntimeContext.Current == this) _endReason ??= deactivationReason;
        QueueDeactivation(deactivationReason);
    }

    public void DelayDeactivation(TimeSpan timeSpan)
    {
        var now = Runtime.Clock.GetTimestamp();
        _keepUntil = timeSpan == Timeout.InfiniteTimeSpan || timeSpan == TimeSpan.MaxValue
            ? long.MaxValue
            : now + (long)(timeSpan.TotalSeconds * Runtime.Clock.TimestampFrequency);
    }

    /// <summary>Called by state parameters while the constructor runs.</summary>
    public void AddStateFacet(IStateFacet facet) => (_stateFacets ??= []).Add(facet);

    /// <summary>Asked by the collector, from outside the turns; the answer is checked again in a turn.</summary>
    public bool IsIdle(long now)
    {
        if (_usedSinceScan)
        {
            _usedSinceScan = false;
            Volatile.Write(ref _lastUsed, now);
            return false;
        }

        return _state == ActivationState.Active
            && Class.CollectionAge != TimeSpan.MaxValue
            && now >= Volatile.Read(ref _keepUntil)
            && Runtime.Clock.GetElapsedTime(Volatile.Read(ref _lastUsed), now) >= Class.CollectionAge;
    }

    private async Task ActivateAsync()
    {
        _usedSinceScan = true;
        try
        {
            using var patience = new CancellationTokenSource(Runtime.Collection.ActivationTimeout, Runtime.Clock);
            _scope = Runtime.Services.CreateAsyncScope();
            GrainInstance = Class.CreateInstance(this);
            if (_stateFacets is not null)
            {
                foreach (var facet in _stateFacets) await facet.InitializeAsync(patience.Token);
            }

            if (GrainInstance is IGrainBase grain) await grain.OnActivateAsync(patience.Token);
        }
        catch (Exception exception)
        {
            // The callers get it; an activation that failed must not stay.
            Runtime.Log.ActivationFailed(exception, GrainId);
            await EndAsync(exception);
            return;
        }

        _stateFacets = null;
        _state = ActivationState.Active;
        Runtime.Metrics.OnActivated(Class);
        if (_endReason is { } reason)
        {
            QueueDeactivation(reason);
        }
        else if (_waiting is { Count: > 0 })
        {
            QueueAdmission();
        }
    }

    private void QueueDeactivation(DeactivationReason reason) => Turns.Enqueue(new DeactivateTurn(this, reason));

    private void BeginDeactivation(DeactivationReason reason)
    {
        var isIdle = _running == 0 && _waiting is not { Count: > 0 };
        if (reason.ReasonCode == DeactivationReasonCode.ActivationIdle && (!isIdle || _usedSinceScan)) return;

        // What already waits is served first; else two grains that call each other while the silo stops could be woken and
        // ended in turns without end.
        if (reason.ReasonCode == DeactivationReasonCode.ShuttingDown
            && _waiting is { Count: > 0 } && _endReason is null && _state <= ActivationState.Active)
        {
            _endWhenServed = reason;
            return;
        }

        _endReason ??= reason;
        if (_state == ActivationState.Active && _running == 0) _ = DeactivateAsync(_endReason.Value);
    }

    private async Task DeactivateAsync(DeactivationReason reason)
    {
        _state = ActivationState.Deactivating;
        DisposeTimers();
        try
        {
            var limit = Runtime.Collection.DeactivationTimeout;
            using var patience = new CancellationTokenSource(limit, Runtime.Clock);
            if (GrainInstance is IGrainBase grain)
            {
                await grain.OnDeactivateAsync(reason, patience.Token)
                    .WaitAsync(limit, Runtime.Clock, CancellationToken.None);
            }
        }
        catch (Exception exception)
        {
            // The grain had its chance to say goodbye; its end does not depend on it.
            Runtime.Log.DeactivationFailed(exception, GrainId);
        }

        Runtime.Metrics.OnDeactivated(Class);
        await EndAsync(failure: null);
    }

    private async Task EndAsync(Exception? failure)
    {
        DisposeTimers();
        try
        {
            switch (GrainInstance)
            {
                case IAsyncDisposable disposable:
                    await disposable.DisposeAsync();
                    break;
                case IDisposable disposable:
                    disposable.Dispose();
                    break;
            }

            if (_scope is { } scope) await scope.DisposeAsync();
        }
        catch (Exception exception)
        {
            Runtime.Log.DeactivationFailed(exception, GrainId);
        }

        if (Pool is null)
        {
            Runtime.Catalog.Remove(this);
        }
        else
        {
            Pool.Remove(this);
        }

        _state = ActivationState.Ended;

        // Who asks for the end leaves a promise and then looks at the state; here it is the other way round. Without the
        // barrier both might look before the other's store is seen, and nobody would keep the promise.
        Interlocked.MemoryBarrier();
        Volatile.Read(ref _ended)?.TrySetResult();
        var waiting = _waiting;
        _waiting = null;
        foreach (var request in waiting ?? [])
        {
            if (failure is not null)
            {
                request.Fail(failure);
                Runtime.OnCallEnded(request, failure);
            }
            else if (!request.IsLocal)
            {
                Runtime.Catalog.Dispatch(request);
            }
        }
    }

    private void DisposeTimers()
    {
        var timers = _timers;
        _timers = null;
        foreach (var timer in timers ?? []) timer.Dispose();
    }

    private sealed class DeactivateTurn(Activation activation, DeactivationReason reason) : ITurn
    {
        public void Run() => activation.BeginDeactivation(reason);
    }
}
