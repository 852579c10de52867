namespace Waqtor.Api.Realtime;

/// <summary>Events that only the feed has.</summary>
internal static class FeedEventNames
{
    public const string Connected = "connected";
    public const string Disconnected = "disconnected";
    public const string Authenticated = "authenticated";
    public const string Notification = "notification:new";

    /// <summary>Where the reader stands, though nothing was told for a while.</summary>
    public const string Cursor = "cursor";

    public const string Error = "error";
    public const string Log = "log";

    /// <summary>The type of the messages of <c>/ws</c> that carry an event.</summary>
    public const string EventType = "event";
}
