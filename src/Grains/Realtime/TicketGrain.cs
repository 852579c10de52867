namespace Waqtor.Realtime;

/// <inheritdoc cref="ITicketGrain" />
[GrainType("realtime-ticket")]
[CollectionAgeLimit(Minutes = 11)]
public sealed class TicketGrain : Grain, ITicketGrain
{
    private TicketRecord? _ticket;

    public Task OpenAsync(TicketRecord ticket)
    {
        _ticket = ticket;
        return Task.CompletedTask;
    }

    public Task<TicketRecord?> TakeAsync()
    {
        var ticket = _ticket;
        _ticket = null;
        DeactivateOnIdle();
        return Task.FromResult(ticket);
    }
}
