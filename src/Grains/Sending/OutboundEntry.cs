namespace Waqtor.Sending;

/// <summary>A ticket in the queue; <see cref="Sequence"/> is its place among those of its class.</summary>
internal sealed record OutboundEntry(SendTicket Ticket, long Sequence, int Failures = 0);
