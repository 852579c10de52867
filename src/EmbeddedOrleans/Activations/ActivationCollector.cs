using EmbeddedOrleans.Calls;
using Orleans;

namespace EmbeddedOrleans.Activations;

/// <summary>
/// Ends activations that have had no calls for their class's age. Looks while there is anything to look at.
/// </summary>
internal sealed class ActivationCollector : IDisposable
{
    // Less than this is gone with the next collections anyway.
    private const int ManyActivations = 10_000;

    private readonly GrainRuntime _runtime;
    private readonly TimeSpan _quantum;
    private readonly ITimer _timer;
    private int _armed;
    private int _endedSinceRelease;

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
        var ended = 0;
        foreach (var activation in _runtime.Catalog.Activations)
        {
            if (activation.IsIdle(now))
            {
                ended++;
                activation.Deactivate(new DeactivationReason(
                    DeactivationReasonCode.ActivationIdle, $"No calls for {activation.Class.CollectionAge}."));
            }
        }

        _endedSinceRelease += ended;
        if (_endedSinceRelease >= ManyActivations && ended < ManyActivations / 10)
        {
            // A process that has become quiet allocates nothing, so nothing else would give their memory back to the system. Only a
            // collection that holds everybody up does, so it waits until few come and go.
            _endedSinceRelease = 0;
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }

        Volatile.Write(ref _armed, 0);
        if (_runtime.Catalog.Count > 0 || _endedSinceRelease >= ManyActivations) Wake();
    }
}
