namespace Waqtor.Api.Realtime.Access;

/// <summary>A one-use ticket.</summary>
/// <param name="Ticket">To be given as <c>?ticket=</c>, once, from the address that asked for it.</param>
/// <param name="ExpiresAt">When it is of no more use.</param>
public sealed record TicketAnswer(string Ticket, DateTimeOffset ExpiresAt);
