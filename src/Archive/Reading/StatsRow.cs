namespace Waqtor.Archive;

internal sealed class StatsRow
{
    public long Pending { get; init; }
    public long InFlight { get; init; }
    public long? Oldest { get; init; }
    public long Processed { get; init; }
    public long Retried { get; init; }
    public long Dead { get; init; }

    public QueueStats ToStats(DateTimeOffset now) => new()
    {
        Pending = Pending,
        InFlight = InFlight,
        // A clock behind the one that wrote it must not show a negative age.
        OldestAgeSeconds = Oldest is { } oldest ? Math.Max(0, (now - DateTimeOffset.FromUnixTimeMilliseconds(oldest)).TotalSeconds) : 0,
        Processed = Processed,
        Retried = Retried,
        Dead = Dead,
    };
}
