namespace Waqtor.Realtime;

/// <summary>
/// A one-use ticket to the feed. Nothing is stored: a ticket that a restart forgets is of no use, and another is soon had.
/// Key: the ticket's id.
/// </summary>
[Alias("waqtor.ITicketGrain")]
public interface ITicketGrain : IGrainWithStringKey
{
    [Alias("OpenAsync")]
    Task OpenAsync(TicketRecord ticket);

    /// <summary>The first caller gets it; null: unknown or taken. The caller checks the signature and the end.</summary>
    [Alias("TakeAsync")]
    Task<TicketRecord?> TakeAsync();
}
