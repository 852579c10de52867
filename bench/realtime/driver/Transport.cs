namespace RealtimeBench;

/// <summary>How clients connect, and to what.</summary>
internal enum Transport
{
    BareHub = 0,
    SignalR = 1,
    WebSocket = 2,
    ServerSentEvents = 3,
}
