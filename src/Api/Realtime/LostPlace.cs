namespace Waqtor.Api.Realtime;

/// <summary>In a connection's queue: from here on the reader stands elsewhere in a topic, and what lay between is not told.</summary>
internal sealed record LostPlace(FeedListener Listener, FeedPlace Place);
