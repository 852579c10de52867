namespace Waqtor.TestKit.Time;

/// <summary>
/// A clock that moves only when told to. Timers fire inside <see cref="Advance"/>, on its thread, in the order of their
/// due times (and of their arming, if those are equal); while one fires, the time is its due time.
/// </summary>
public sealed class ManualTimeProvider : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly SortedSet<ManualTimer> _armed = new(ManualTimer.ByDueTime);
    private readonly DateTimeOffset _start;
    private TimeSpan _wallClockShift;
    private TimeSpan _elapsed;
    private long _lastOrder;

    public ManualTimeProvider()
        : this(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))
    {
    }

    public ManualTimeProvider(DateTimeOffset start) => _start = start.ToUniversalTime();

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>How long until the next timer fires, if one is armed.</summary>
    public TimeSpan? TimeToNextTimer
    {
        get
        {
            lock (_gate) return _armed.Min is { } next ? Max(next.DueAt - _elapsed, TimeSpan.Zero) : null;
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate) return _start + _elapsed + _wallClockShift;
    }

    public override long GetTimestamp()
    {
        lock (_gate) return _elapsed.Ticks;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves time forward and fires what becomes due on the way.</summary>
    public void Advance(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        TimeSpan end;
        lock (_gate) end = _elapsed + time;

        while (TakeDue(end) is { } timer) timer.Fire();
    }

    /// <summary>Sets the wall clock forward or back, as an operator or NTP does; timers do not notice.</summary>
    public void ShiftWallClock(TimeSpan shift)
    {
        lock (_gate) _wallClockShift += shift;
    }

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;

    private ManualTimer? TakeDue(TimeSpan end)
    {
        lock (_gate)
        {
            if (_armed.Min is { } next && next.DueAt <= end)
            {
                _armed.Remove(next);
                _elapsed = Max(_elapsed, next.DueAt);
                if (next.Period > TimeSpan.Zero) Arm(next, next.Period);
                return next;
            }

            _elapsed = Max(_elapsed, end);
            return null;
        }
    }

    private void Arm(ManualTimer timer, TimeSpan dueTime)
    {
        timer.DueAt = _elapsed + dueTime;
        timer.Order = ++_lastOrder;
        _armed.Add(timer);
    }

    private sealed class ManualTimer(ManualTimeProvider clock, TimerCallback callback, object? state) : ITimer
    {
        private readonly ExecutionContext? _context = ExecutionContext.Capture();
        private bool _isDisposed;

        public static IComparer<ManualTimer> ByDueTime { get; } = Comparer<ManualTimer>.Create(
            static (left, right) => (left.DueAt, left.Order).CompareTo((right.DueAt, right.Order)));

        public TimeSpan DueAt { get; set; }

        public long Order { get; set; }

        public TimeSpan Period { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, Timeout.InfiniteTimeSpan);
            ArgumentOutOfRangeException.ThrowIfLessThan(period, Timeout.InfiniteTimeSpan);
            lock (clock._gate)
            {
                if (_isDisposed) return false;

                clock._armed.Remove(this);
                Period = period;
                if (dueTime != Timeout.InfiniteTimeSpan) clock.Arm(this, dueTime);
                return true;
            }
        }

        public void Fire()
        {
            if (_context is null)
            {
                callback(state);
            }
            else
            {
                ExecutionContext.Run(_context, static timer => ((ManualTimer)timer!).Call(), this);
            }
        }

        public void Dispose()
        {
            lock (clock._gate)
            {
                _isDisposed = true;
                clock._armed.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }

        private void Call() => callback(state);
    }
}
