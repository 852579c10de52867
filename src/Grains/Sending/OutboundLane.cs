namespace Waqtor.Sending;

/// <summary>The tickets of one conversation in an <see cref="OutboundQueue"/>, by class.</summary>
internal sealed class OutboundLane(string conversationId, TokenBucket? pairBucket)
{
    public const int Classes = 3;

    private readonly LinkedList<OutboundEntry>[] _tickets = [new(), new(), new()];

    public string ConversationId { get; } = conversationId;

    /// <summary>Null: the provider has no limit per contact.</summary>
    public TokenBucket? PairBucket { get; } = pairBucket;

    public OutboundTurn? Turn { get; set; }

    /// <summary>Its place among those that may go now.</summary>
    public (int Class, long Sequence)? ReadyKey { get; set; }

    /// <summary>Its place among those that may go when the day has room for one contact more.</summary>
    public (int Class, long Sequence)? HeldKey { get; set; }

    /// <summary>Its place among those that wait for a time.</summary>
    public (DateTimeOffset At, long Sequence)? WaitKey { get; set; }

    public bool HasTickets => _tickets.Any(tickets => tickets.Count > 0);

    // What was typed on the phone is never sent; a campaign is the least urgent that is.
    public static int ClassOf(SendTicket ticket) => Math.Min((int)ticket.Author, Classes - 1);

    public void Add(OutboundEntry entry) => _tickets[ClassOf(entry.Ticket)].AddLast(entry);

    public void PutBack(OutboundEntry entry) => _tickets[ClassOf(entry.Ticket)].AddFirst(entry);

    /// <summary>What a waiting ticket says has changed.</summary>
    public void Renew(SendTicket ticket)
    {
        for (var node = _tickets[ClassOf(ticket)].First; node is not null; node = node.Next)
        {
            if (node.Value.Ticket.MessageId == ticket.MessageId) node.Value = node.Value with { Ticket = ticket };
        }
    }

    public OutboundEntry Take(int ticketClass)
    {
        var entry = _tickets[ticketClass].First!.Value;
        _tickets[ticketClass].RemoveFirst();
        return entry;
    }

    /// <summary>The most urgent ticket that may go now, or else the first that will. Null: there is none.</summary>
    public OutboundEntry? Next(DateTimeOffset now)
    {
        OutboundEntry? next = null;
        foreach (var tickets in _tickets)
        {
            if (tickets.First is not { Value: var head }) continue;
            if (head.NotBefore <= now) return head;
            if (next is null || head.NotBefore < next.NotBefore) next = head;
        }

        return next;
    }
}
