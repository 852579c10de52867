using Waqtor.Messages;

namespace Waqtor.Archive;

/// <summary>What of a message is neither filtered nor changed by statuses: the JSON beside the columns.</summary>
internal sealed record MessageBody
{
    public required DateTimeOffset Timestamp { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public MessageContent? Content { get; init; }
    public string? DeliveryId { get; init; }
    public MessageAuthor? Author { get; init; }

    public ContactIdentity? Writer { get; init; }

    /// <summary>When the text was last changed after the message was first told of.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>The event that changed it; decides between two of the same time.</summary>
    public string? ChangedBy { get; init; }
}
