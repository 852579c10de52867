using System.Collections.Immutable;

namespace Waqtor.Messages;

/// <summary>A message as everybody outside sees it: in lists, in events and in webhooks.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.message-record")]
public sealed record MessageRecord
{
    [Id(0)] public required string Id { get; init; }
    [Id(1)] public string? ProviderMessageId { get; init; }
    /// <summary>The instance's name.</summary>
    [Id(2)] public required string Instance { get; init; }
    [Id(3)] public required string ConversationId { get; init; }
    [Id(4)] public required MessageDirection Direction { get; init; }
    [Id(5)] public required MessageKind Kind { get; init; }
    [Id(6)] public string? Text { get; init; }
    [Id(7)] public required MessageStatus Status { get; init; }
    /// <summary>The provider's time where it gave one, else ours.</summary>
    [Id(8)] public required DateTimeOffset Timestamp { get; init; }
    /// <summary>When this server took the message in or was asked to send it.</summary>
    [Id(9)] public required DateTimeOffset ReceivedAt { get; init; }
    /// <summary>Position in the conversation: the order of arrival, without gaps.</summary>
    [Id(10)] public required long Sequence { get; init; }
    [Id(11)] public MessageContent? Content { get; init; }
    /// <summary>The batch this message was answered in, or, for a reply, the batch it answers.</summary>
    [Id(12)] public string? BatchId { get; init; }
    /// <summary>The provider's delivery that brought it.</summary>
    [Id(13)] public string? DeliveryId { get; init; }
    /// <summary>Who wrote an outbound message: <c>person</c>, <c>bot</c>, <c>campaign</c> or <c>phone</c>.</summary>
    [Id(14)] public MessageAuthor? Author { get; init; }
    [Id(15)] public ImmutableArray<StatusChange> History { get; init; } = [];
    /// <summary>Why it failed, or was kept from going out so far, in the order in which that came up; it stays when the message went out after all.</summary>
    [Id(16)] public ImmutableArray<MessageError> Errors { get; init; } = [];
    /// <summary>The provider's answer was lost: it may or may not have arrived. Settled by a later status, or by a person.</summary>
    [Id(17)] public bool Doubtful { get; init; }
    /// <summary>Which participant wrote an inbound message of a group; null elsewhere, where the conversation's contact did.</summary>
    [Id(18)] public ContactIdentity? Writer { get; init; }
}
