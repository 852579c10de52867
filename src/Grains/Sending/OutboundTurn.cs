namespace Waqtor.Sending;

/// <summary>A turn that was given and has not ended.</summary>
internal sealed class OutboundTurn(OutboundLane lane, OutboundEntry entry, DateTimeOffset takenBackAt)
{
    public OutboundLane Lane { get; } = lane;

    public OutboundEntry Entry { get; } = entry;

    public SendTicket Ticket => Entry.Ticket;

    public DateTimeOffset TakenBackAt { get; } = takenBackAt;

    /// <summary>The count of the day's contacts changed with it, and must be durable before anything is sent.</summary>
    public bool IsCounted { get; init; }

    /// <summary>The conversation knows that it has the turn.</summary>
    public bool Accepted { get; set; }
}
