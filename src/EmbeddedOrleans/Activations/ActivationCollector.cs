using EmbeddedOrleans.Calls;
using Orleans;

namespace EmbeddedOrleans.Activations;

/// <summary>
/// Ends activations that have had no calls for their class's age. Looks while there is anything to look at.
/// </summary>
internal sealed class ActivationCollector : IDisposable
{
    private readonly GrainRuntime _runtime;
    private readonly TimeSpan _quantum;
    private readonly ITimer _timer;
    private int _armed;

    public ActivationCollector(GrainRuntime runtime)
    {
        _runtime = runtime;
        _quantum = runtime.Collection.CollectionQuantum;
        _timer = runtime.Clock.CreateTimer(
            static self => ((ActivationCollector)self!).Collect(),
                this,
                Timeout.InfiniteTimeSpan,
                Timeout.InfiniteTimeSpan);
    }

    /// <summary>Something was activated. Without activations there are no wake-ups.</summary>
    public void Wake()
    {
        if (_armed == 0 && Interlocked.Exchange(ref _armed, 1) == 0) _timer.Change(_quantum, Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => _timer.Dispose();

    private void Collect()
    {
        var now = _runtime.Clock.GetTimestamp();
        foreach (var activation in _runtime.Catalog.Activations)
        {
            if (activation.IsIdle(now))
            {
                activation.Deactivate(new DeactivationReason(
                    DeactivationReasonCode.ActivationIdle, $"No calls for {activation.Class.CollectionAge}."));
            }
        }

        Volatile.Write(ref _armed, 0);
        if (_runtime.Catalog.Count > 0) Wake();
    }
}
