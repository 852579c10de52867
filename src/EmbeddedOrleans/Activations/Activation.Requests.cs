using EmbeddedOrleans.Calls;
using EmbeddedOrleans.Scheduling;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace EmbeddedOrleans.Activations;

/// <summary>
/// Which request may run when. Without any interleaving it is one at a time, in order of arrival. Read-only requests
/// share the activation with each other; reentrant classes, interleaving methods, a predicate and a call chain that
/// comes back to where reentrancy was allowed are let in while others await.
/// </summary>
internal sealed partial class Activation
{
    private LinkedList<GrainRequest>? _waiting;
    private GrainRequest? _exclusive;
    private int _exclusiveCount;
    private int _readerCount;
    private int _running;
    private bool _admissionQueued;

    // Whether some that wait need not wait for the one that runs alone, so that all of them have to be looked at.
    private bool _someMayPass;

    private bool IsBlocked => _exclusiveCount != 0 || _readerCount != 0;

    public override bool TryPost(GrainRequest request)
    {
        request.Activation = this;
        Turns.Enqueue(request);
        return true;
    }

    /// <summary>A request has its turn to arrive.</summary>
    public void Accept(GrainRequest request)
    {
        if (request.IsAnswered || (request.IsLocal && _state > ActivationState.Active))
        {
            Abandon(request);

            // Nothing was activated for it, so neither the collector nor a stop would ever end this one.
            if (_state == ActivationState.Created) _ = EndAsync(failure: null);
            return;
        }

        switch (_state)
        {
            case ActivationState.Active when _endReason is null && MayRun(request):
                Start(request);
                break;
            case ActivationState.Ended:
                Runtime.Catalog.Dispatch(request);
                break;
            case ActivationState.Created:
                Wait(request);
                _state = ActivationState.Activating;
                if (request.Context is not null) RequestContext.Values = request.Context;
                _ = ActivateAsync();
                break;
            default:
                Wait(request);
                break;
        }
    }

    /// <summary>The request has ended, in this turn.</summary>
    public void OnCompleted(GrainRequest request, Exception? exception)
    {
        _running--;
        if (!request.AlwaysInterleaves)
        {
            if (request.IsReadOnly)
            {
                _readerCount--;
            }
            else if (--_exclusiveCount == 0)
            {
                _exclusive = null;
            }
        }

        OnEnded(request, exception);
        if (_endReason is not null)
        {
            if (_running == 0) QueueDeactivation(_endReason.Value);
        }
        else if (_waiting is { Count: > 0 } && !IsBlocked)
        {
            QueueAdmission();
        }
        else if (_endWhenServed is not null)
        {
            EndIfServed();
        }
    }

    /// <summary>
    /// Lets waiting requests in. A turn of its own, so that no async local of the last request is seen by them.
    /// </summary>
    void ITurn.Run()
    {
        _admissionQueued = false;
        if (_state != ActivationState.Active || _endReason is not null || _waiting is not { Count: > 0 }) return;

        var clean = ExecutionContext.Capture();
        for (var node = _waiting.First; node is not null && _endReason is null;)
        {
            var request = node.Value;
            var next = node.Next;
            if (request.IsAnswered)
            {
                _waiting.Remove(node);
                Abandon(request);
            }
            else if (!IsBlocked || MayRunBeside(request))
            {
                _waiting.Remove(node);
                Start(request);
                if (clean is not null) ExecutionContext.Restore(clean);
            }
            else if (_exclusiveCount != 0 && !_someMayPass)
            {
                break;
            }

            node = next;
        }

        if (_waiting.Count == 0)
        {
            _someMayPass = false;
            if (_endWhenServed is not null) EndIfServed();
        }
        else if (!IsBlocked)
        {
            QueueAdmission();
        }
    }

    private void EndIfServed()
    {
        if (_running == 0 && _waiting is not { Count: > 0 }) QueueDeactivation(_endWhenServed!.Value);
    }

    private void QueueAdmission()
    {
        if (_admissionQueued) return;

        _admissionQueued = true;
        Turns.Enqueue(this);
    }

    // While others are about to be let in, nobody overtakes them.
    private bool MayRun(GrainRequest request) =>
        !_admissionQueued && (IsBlocked ? MayRunBeside(request) : _waiting is not { Count: > 0 });

    private bool MayRunBeside(GrainRequest request) =>
        request.AlwaysInterleaves
        || Class.IsReentrant
        || (request.IsReadOnly && _exclusiveCount == 0)
        || IsInReentrantSection(request)
        || (Class.MayInterleave is { } predicate && IsAllowedBy(predicate, request));

    private bool IsAllowedBy(Func<object, IInvokable, bool> predicate, GrainRequest request)
    {
        try
        {
            return predicate(GrainInstance!, request)
                || (_exclusive is { } running && predicate(GrainInstance!, running));
        }
        catch (Exception exception)
        {
            // The application's mistake must not lose the request; it waits like any other.
            Runtime.Log.InterleavingPredicateFailed(exception, request);
            return false;
        }
    }

    private bool IsInReentrantSection(GrainRequest request) =>
        _reentrantSections is { Count: > 0 }
        && RequestContext.ReentrancyIdOf(request.Context) is var id
        && id != Guid.Empty
        && _reentrantSections.ContainsKey(id);

    private void Start(GrainRequest request)
    {
        _running++;
        if (!request.AlwaysInterleaves)
        {
            if (request.IsReadOnly)
            {
                _readerCount++;
            }
            else
            {
                _exclusiveCount++;
                _exclusive ??= request;
            }
        }

        if (request.IsKeepAlive) _usedSinceScan = true;
        if (request.Context is not null) RequestContext.Values = request.Context;
        if (request.Span is not null) CallTracing.Start(request);

        if (request.IsLocal || (Runtime.IncomingFilters.Length == 0 && !Class.FiltersItsCalls))
        {
            request.Execute(GrainInstance!);
        }
        else
        {
            _ = ExecuteFilteredAsync(request);
        }
    }

    private async Task ExecuteFilteredAsync(GrainRequest request)
    {
        Response answer;
        try
        {
            request.SetTarget(this);
            var call = new IncomingCall(request, this, Runtime.IncomingFilters);
            await call.Invoke();
            answer = call.Response ?? Response.Completed;
        }
        catch (Exception exception)
        {
            // Whatever a filter or the grain threw is the caller's answer.
            answer = Response.FromException(exception);
        }

        OnCompleted(request, answer.Exception);
        request.Complete(answer);
    }

    private void Wait(GrainRequest request)
    {
        _waiting ??= new LinkedList<GrainRequest>();
        var limit = Runtime.Messaging.MaxEnqueuedRequestsHardLimit;
        if (limit > 0 && _waiting.Count >= limit)
        {
            request.Fail(
                new LimitExceededException($"{_waiting.Count} requests wait for {GrainId}; the limit is {limit}."));
            Abandon(request);
            return;
        }

        _waiting.AddLast(request);
        _someMayPass |= request.AlwaysInterleaves
            || request.Context is not null || Class.MayInterleave is not null || Class.IsReentrant;
    }

    private void Abandon(GrainRequest request) => OnEnded(request, exception: null);

    private void OnEnded(GrainRequest request, Exception? exception)
    {
        Runtime.OnCallEnded(request, exception);

        // A tick came from the worker itself; the pool has not counted it.
        if (!request.IsLocal) Pool?.OnCompleted(this);
    }
}
