namespace Waqtor.WhatsApp.Tests;

/// <summary>Time that stands still until a test says that all timers are due.</summary>
internal sealed class ManualClock : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];

    public DateTimeOffset Now { get; set; } = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(callback, state, dueTime);
        lock (_lock) _timers.Add(timer);
        return timer;
    }

    /// <summary>How long the running timers were asked to wait.</summary>
    public TimeSpan[] Waits
    {
        get
        {
            lock (_lock) return [.. _timers.Where(timer => !timer.IsDisposed).Select(timer => timer.Wait)];
        }
    }

    public void LetAllTimersFire()
    {
        ManualTimer[] timers;
        lock (_lock) timers = [.. _timers];
        foreach (var timer in timers) timer.Fire();
    }

    private sealed class ManualTimer(TimerCallback callback, object? state, TimeSpan wait) : ITimer
    {
        public TimeSpan Wait { get; } = wait;
        public bool IsDisposed { get; private set; }

        public void Fire()
        {
            if (!IsDisposed) callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() => IsDisposed = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
