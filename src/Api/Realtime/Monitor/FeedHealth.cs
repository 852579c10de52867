namespace Waqtor.Api.Realtime.Monitor;

/// <summary>Whether the feed works on this node.</summary>
/// <param name="Status"><c>healthy</c>, or <c>degraded</c> when a part is not.</param>
/// <param name="Transports"><c>websocket</c>, <c>signalr</c>, <c>sse</c>: <c>healthy</c>, or <c>full</c> when no more connections are taken.</param>
/// <param name="Topics"><c>healthy</c>, or <c>unavailable</c> when a topic does not answer.</param>
/// <param name="Timestamp">When it was looked at.</param>
public sealed record FeedHealth(string Status, IReadOnlyDictionary<string, string> Transports, string Topics, DateTimeOffset Timestamp);
