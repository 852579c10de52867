namespace Waqtor.Api.Realtime;

/// <summary>Something a connection says of itself: an event of the topic <c>connection</c>.</summary>
internal sealed record ConnectionWord(string Event, object Payload)
{
    /// <summary>Where the reader stands, after a time in which nothing was for it.</summary>
    public static ConnectionWord CursorNow(string cursor) => new(FeedEventNames.Cursor, new Standing([], true, cursor));

    public static ConnectionWord Disconnected(string reason, string cursor, int retryMilliseconds) =>
        new(FeedEventNames.Disconnected, new { reason, cursor, retryMilliseconds });

    public static ConnectionWord RateWarning(int warningsLeft) =>
        new(FeedEventNames.Error, new { code = CloseReason.RateLimited, message = "Too many messages; this one was left out.", warningsLeft });
}
