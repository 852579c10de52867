namespace Waqtor.TestKit.Engines;

/// <summary>The clock of what is not a grain: what follows a timer begins a moment later, unseen.</summary>
internal sealed class StirringClock(TimeProvider clock, ClusterLife life) : TimeProvider
{
    public override long TimestampFrequency => clock.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => clock.LocalTimeZone;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

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
