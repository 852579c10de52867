namespace Waqtor.Sending;

/// <summary>A ticket in the queue; <see cref="Sequence"/> is its place among those of its class.</summary>
internal sealed record OutboundEntry(SendTicket Ticket, long Sequence, int Failures = 0)
{
    /// <summary>When its contact was counted for the daily limit; also when the turn it was counted for could not be given.</summary>
    public DateTimeOffset? CountedAt { get; init; } = Ticket.WrittenOutsideWindowAt;

    /// <summary>Later than at once only after a turn that could not be given.</summary>
    public DateTimeOffset NotBefore { get; init; } = DateTimeOffset.MinValue;
}
