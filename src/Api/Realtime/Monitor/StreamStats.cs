namespace Waqtor.Api.Realtime.Monitor;

/// <summary>Event streams.</summary>
/// <param name="TotalClients">All.</param>
/// <param name="AuthenticatedClients">All of them: others are not let in.</param>
/// <param name="Rooms">Different rooms they listen to: topics with an id, such as <c>instance:shop</c>.</param>
/// <param name="Users">Different keys.</param>
public sealed record StreamStats(int TotalClients, int AuthenticatedClients, int Rooms, int Users);
