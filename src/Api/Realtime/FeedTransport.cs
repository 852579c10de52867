namespace Waqtor.Api.Realtime;

/// <summary>How a connection is written to.</summary>
internal enum FeedTransport
{
    WebSocket = 0,
    SignalR = 1,
    ServerSentEvents = 2,
}
