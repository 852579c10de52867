namespace EmbeddedOrleans.Scheduling;

/// <summary>
/// The scheduler as one silo uses it: it can be cut off, and counted when somebody waits for silence.
/// </summary>
internal sealed class SiloWork(IWorkScheduler scheduler, QuiescenceTracker? tracker = null)
{
    private volatile bool _isKilled;

    public int TurnsPerSlice { get; } = scheduler.TurnsPerSlice;

    /// <summary>Whether nothing may run any more, as after a crash.</summary>
    public bool IsKilled => _isKilled;

    public void Kill() => _isKilled = true;

    public void Queue(IThreadPoolWorkItem item)
    {
        if (_isKilled) return;

        if (tracker is null)
        {
            scheduler.Queue(item);
            return;
        }

        tracker.Enter();
        scheduler.Queue(new CountedItem(item, tracker));
    }

    private sealed class CountedItem(IThreadPoolWorkItem item, QuiescenceTracker tracker) : IThreadPoolWorkItem
    {
        public void Execute()
        {
            item.Execute();
            tracker.Exit();
        }
    }
}
