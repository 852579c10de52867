using Orleans.Runtime;

namespace EmbeddedOrleans.Storage;

/// <summary>A reminder: ticks at <paramref name="StartAt"/> (UTC) + N x <paramref name="Period"/>.</summary>
/// <param name="RegisteredAt">
/// By the clock that <paramref name="StartAt"/> is of (UTC); null: written by an older version, which did not note it.
/// </param>
public sealed record StoredReminder(GrainId GrainId, string Name, DateTime StartAt, TimeSpan Period, DateTime? RegisteredAt = null)
{
    /// <summary>
    /// The same for a clock that shows <paramref name="now"/>: one that was registered later than that is of a clock that has been
    /// set back since, and its delay counts from now.
    /// </summary>
    public StoredReminder ByClockOf(DateTime now) =>
        RegisteredAt is { } registeredAt && registeredAt > now
            ? this with { StartAt = now + (StartAt - registeredAt), RegisteredAt = now }
            : this;
}
