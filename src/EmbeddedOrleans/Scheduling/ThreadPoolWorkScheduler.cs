namespace EmbeddedOrleans.Scheduling;

/// <summary>The scheduler of production: the thread pool.</summary>
internal sealed class ThreadPoolWorkScheduler : IWorkScheduler
{
    public int TurnsPerSlice => 64;

    public void Queue(IThreadPoolWorkItem item) => ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal: true);
}
