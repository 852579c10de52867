namespace Waqtor.TestKit.Engines;

/// <summary>
/// The clock of grains' timers. Orleans arms a timer again after each tick, or disposes of it: between its firing and
/// that, the tick is under way. The timers of system targets, such as those that pull items out of streams many times a
/// second, tick when <see cref="ClusterLife"/> says so, or a test would go through ten thousand of them for a day.
/// </summary>
internal sealed class TrackedClock(TimeProvider clock, ClusterLife life) : TimeProvider
{
    public override long TimestampFrequency => clock.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => clock.LocalTimeZone;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new TrackedTimer(IsOfSystemTarget(state) ? null : clock, life, callback, state, dueTime, period);

    // The only thing that such a timer tells of its owner.
    private static bool IsOfSystemTarget(object? timer) => timer?.ToString()?.Contains("Grain: '[SystemTarget:", StringComparison.Ordinal) == true;

    private sealed class TrackedTimer : ITimer, IPulsedTimer
    {
        private readonly ClusterLife _life;
        private readonly TimerCallback _callback;
        private readonly object? _state;
        private readonly ITimer? _timer;
        private int _ticks;
        private volatile bool _isArmed;

        public TrackedTimer(TimeProvider? clock, ClusterLife life, TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _life = life;
            _callback = callback;
            _state = state;
            _timer = clock?.CreateTimer(static timer => ((TrackedTimer)timer!).Fire(), this, dueTime, period);
            if (_timer is null) life.Add(this);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _isArmed = dueTime != Timeout.InfiniteTimeSpan;
            var changed = _timer?.Change(dueTime, period) ?? true;
            FinishTick();
            return changed;
        }

        public void Dispose()
        {
            _timer?.Dispose();
            _life.Remove(this);
            FinishTick();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }

        public void Pulse()
        {
            if (!_isArmed) return;
            _isArmed = false;
            Fire();
        }

        private void Fire()
        {
            if (_life.IsOver) return;
            if (Interlocked.Exchange(ref _ticks, 1) == 0) _life.Begin();
            _callback(_state);
        }

        private void FinishTick()
        {
            if (Interlocked.Exchange(ref _ticks, 0) == 1) _life.Finish();
        }
    }
}
