using System.Collections.Immutable;

namespace Waqtor.Messages;

/// <summary>
/// The register of a shard: keys gather until they fill a page or a day is over, and pages end in the order in which
/// they were closed.
/// </summary>
public sealed class StatusExpiryBook(StatusExpiryState state, MessageStatusOptions options)
{
    // So that the keys of a quiet shard are a day late at most.
    private static readonly TimeSpan OpenMax = TimeSpan.FromDays(1);

    public bool HasPages => state.First < state.Next;

    public void Add(string key, DateTimeOffset now)
    {
        if (state.Open.Count == 0) state.OpenedAt = now;
        state.Open.Add(key);
    }

    /// <summary>The page that the open keys must become before they are stored; null: none.</summary>
    public StatusExpiryPage? PageToClose(DateTimeOffset now) =>
        state.Open.Count >= options.ExpiryPageKeysMax || (state.Open.Count > 0 && now - state.OpenedAt >= OpenMax)
            ? new StatusExpiryPage(now, [.. state.Open.Take(options.ExpiryPageKeysMax)])
            : null;

    /// <summary>The page <see cref="PageToClose"/> is kept, as <see cref="StatusExpiryState.Next"/>.</summary>
    public void Closed(StatusExpiryPage page)
    {
        state.Open.RemoveRange(0, page.Keys.Length);
        state.OpenedAt = page.ClosedAt;
        state.Next++;
    }

    /// <summary>Every key of the page was noted at least so long ago as statuses are kept.</summary>
    public bool IsDue(StatusExpiryPage page, DateTimeOffset now) => now - page.ClosedAt >= TimeSpan.FromDays(options.StatusDays);

    /// <summary>The oldest page is through; those of its keys that are to be asked again are noted anew.</summary>
    public void Finish(long page, ImmutableArray<string> again, DateTimeOffset now)
    {
        if (page != state.First) return;
        state.First++;
        foreach (var key in again) Add(key, now);
    }
}
