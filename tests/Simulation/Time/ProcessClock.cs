namespace Waqtor.Simulation.Time;

/// <summary>The clock that one process of the server sees; its timers die with the process.</summary>
internal sealed class ProcessClock(VirtualTime time, Func<bool> isAlive, Func<TimeSpan>? timestamp = null) : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => time.Wall;

    public override long GetTimestamp() => (timestamp?.Invoke() ?? time.Now).Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(ProcessClock clock, TimerCallback callback, object? state) : ITimer
    {
        private int _arming;
        private bool _isDisposed;
        private TimeSpan _period;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (_isDisposed) return false;
            _arming++;
            _period = period;
            if (dueTime != Timeout.InfiniteTimeSpan) clock.Arm(this, dueTime, _arming);
            return true;
        }

        public void Fire(int arming)
        {
            if (_isDisposed || arming != _arming) return;
            if (_period > TimeSpan.Zero) clock.Arm(this, _period, arming);
            callback(state);
        }

        public void Dispose() => _isDisposed = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }

    private void Arm(Timer timer, TimeSpan dueTime, int arming) => time.After(dueTime, () =>
    {
        if (isAlive()) timer.Fire(arming);
    });
}
