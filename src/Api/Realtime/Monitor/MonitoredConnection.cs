namespace Waqtor.Api.Realtime.Monitor;

/// <summary>A connection as the monitor shows it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Transport"><c>websocket</c>, <c>signalr</c> or <c>sse</c>.</param>
/// <param name="Ip">Where it comes from.</param>
/// <param name="KeyId">Whose key; null before it has said so.</param>
/// <param name="AgeSeconds">How long it has been open.</param>
/// <param name="LastHeardSeconds">How long ago anything came from the client, pings and answers to pings too. An event stream says nothing.</param>
/// <param name="QueueBytes">What waits for it.</param>
/// <param name="Events">Events written to it.</param>
/// <param name="Violations">Messages over the limit of rate.</param>
/// <param name="Topics">What it listens to.</param>
public sealed record MonitoredConnection(
    string Id, string Transport, string Ip, string? KeyId, double AgeSeconds, double LastHeardSeconds, int QueueBytes, long Events, int Violations, IReadOnlyList<string> Topics);
