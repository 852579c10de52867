namespace Waqtor.TestKit.Engines;

/// <summary>The clock of what is not a grain: what follows a timer begins a moment later, unseen.</summary>
internal sealed class StirringClock(TimeProvider clock, ClusterLife life) : TimeProvider
{
    private const long CreepTicks = TimeSpan.TicksPerMillisecond / 10;
    private readonly Lock _gate = new();
    private DateTimeOffset _last;
    private long _creep;

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => clock.LocalTimeZone;

    // Orleans waits in whole milliseconds, and for what is left of the last it asks again and again whether its time has
    // come: on a clock that stands still it never would. So this one creeps on by up to a millisecond while it is asked.
    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            _creep = now == _last ? Math.Min(_creep + CreepTicks, TimeSpan.TicksPerMillisecond) : 0;
            _last = now;
            return now.AddTicks(_creep);
        }
    }

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        clock.CreateTimer(
            inner =>
            {
                if (life.IsOver) return;
                life.Stir();
                callback(inner);
            },
            state,
            dueTime,
            period);
}
