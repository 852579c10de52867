namespace Waqtor.Api.Realtime.Monitor;

/// <summary>The connections of this node.</summary>
public sealed record FeedStats(SocketStats Websocket, StreamStats Sse, DateTimeOffset Timestamp);
