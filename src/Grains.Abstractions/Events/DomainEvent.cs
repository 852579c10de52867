using Waqtor.Access;
using Waqtor.Conversations;
using Waqtor.Deliveries;
using Waqtor.Instances;
using Waqtor.Messages;
using Waqtor.SmartBot;

namespace Waqtor.Events;

/// <summary>
/// Something that happened, written in the same write as what it tells of (the outbox) and told afterwards, at least
/// once, in order per conversation. Consumers drop ids they have seen. The parts are the records as they are after it.
/// </summary>
[GenerateSerializer, Immutable, Alias("waqtor.domain-event")]
public sealed record DomainEvent
{
    [Id(0)] public required string Id { get; init; }
    /// <summary>One of <see cref="EventNames"/>.</summary>
    [Id(1)] public required string Name { get; init; }
    [Id(2)] public required DateTimeOffset At { get; init; }
    /// <summary>The instance's name; empty for what concerns the whole server.</summary>
    [Id(3)] public required string Instance { get; init; }
    [Id(4)] public string? ConversationId { get; init; }
    [Id(5)] public MessageRecord? Message { get; init; }
    [Id(6)] public BatchRecord? Batch { get; init; }
    [Id(7)] public ConversationRecord? Conversation { get; init; }
    /// <summary>A change of a message already told of: by <see cref="MessageStatusRecord.MessageId"/>.</summary>
    [Id(8)] public MessageStatusRecord? Status { get; init; }
    [Id(9)] public SessionRecord? Session { get; init; }
    [Id(10)] public DeliveryRecord? Delivery { get; init; }
    [Id(11)] public AuditRecord? Audit { get; init; }
    /// <summary>Raw JSON of a provider's notice that has no record of its own.</summary>
    [Id(12)] public string? NoticeJson { get; init; }
    [Id(13)] public BotReplyRecord? Reply { get; init; }
    [Id(14)] public BotRuleNotice? Rule { get; init; }
    /// <summary>Set for what only one kind of connection to the feed shall get; null: all.</summary>
    [Id(15)] public EventChannel? Channel { get; init; }
}
