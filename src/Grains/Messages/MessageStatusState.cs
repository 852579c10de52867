using Waqtor.Events;

namespace Waqtor.Messages;

/// <summary>What <see cref="MessageStatusGrain"/> stores.</summary>
[GenerateSerializer, Alias("waqtor.message-status-state")]
public sealed class MessageStatusState
{
    /// <summary>Version of this layout.</summary>
    [Id(0)] public int Version { get; set; } = 1;
    /// <summary>The message as it stands; null until it is linked.</summary>
    [Id(1)] public MessageRecord? Message { get; set; }
    /// <summary>What came before the link, in the order of its coming.</summary>
    [Id(2)] public List<StatusChange> Early { get; set; } = [];
    /// <summary>The provider returned this message id, whose conversation has yet to be told that it went out.</summary>
    [Id(3)] public string? SettleMessageId { get; set; }
    [Id(4)] public string? SettleConversationId { get; set; }
    [Id(5)] public List<DomainEvent> Outbox { get; set; } = [];
    /// <summary>A <see cref="StatusExpiryGrain"/> has noted that this is here. What older versions wrote was not, until it changes.</summary>
    [Id(6)] public bool IsNoted { get; set; }
    /// <summary>When the last of it came.</summary>
    [Id(7)] public DateTimeOffset ChangedAt { get; set; }
}
