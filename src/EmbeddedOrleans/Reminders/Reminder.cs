using EmbeddedOrleans.Storage;

namespace EmbeddedOrleans.Reminders;

/// <summary>A registered reminder in memory.</summary>
internal sealed class Reminder(StoredReminder stored)
{
    public StoredReminder Stored => stored;

    public DateTime DueAt { get; set; } = stored.StartAt;

    /// <summary>Whether it was replaced or removed; it may still lie in the queue.</summary>
    public bool IsGone { get; set; }

    /// <summary>The first tick time after the given time.</summary>
    public DateTime FirstTickAfter(DateTime time) =>
        stored.StartAt > time ? stored.StartAt : TickAt(TicksUpTo(time) + 1);

    /// <summary>The last tick time up to the given time, if the first is not later.</summary>
    public DateTime? LastTickUpTo(DateTime time) => stored.StartAt > time ? null : TickAt(TicksUpTo(time));

    // In whole clock ticks, because a quotient of doubles is off by milliseconds over the years.
    private long TicksUpTo(DateTime time) => (time - stored.StartAt).Ticks / stored.Period.Ticks;

    private DateTime TickAt(long number) =>
        new(stored.StartAt.Ticks + (number * stored.Period.Ticks), DateTimeKind.Utc);
}
