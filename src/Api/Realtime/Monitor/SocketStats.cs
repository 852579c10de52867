namespace Waqtor.Api.Realtime.Monitor;

/// <summary>Connections by <c>/ws</c> and by the hubs.</summary>
/// <param name="TotalConnections">All.</param>
/// <param name="AuthenticatedConnections">Those that have said who they are.</param>
/// <param name="Rooms">Different rooms they listen to: topics with an id, such as <c>instance:shop</c>.</param>
public sealed record SocketStats(int TotalConnections, int AuthenticatedConnections, int Rooms);
