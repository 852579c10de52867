using System.Collections.Immutable;

namespace Waqtor.Messages;

/// <summary>One status of a provider's delivery: what became of a message that was sent.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.status-update")]
public sealed record StatusUpdate
{
    [Id(0)] public required string ProviderMessageId { get; init; }
    [Id(1)] public required MessageStatus Status { get; init; }
    [Id(2)] public DateTimeOffset? At { get; init; }
    [Id(3)] public ImmutableArray<MessageError> Errors { get; init; } = [];
    /// <summary>Whom the message went to, when the provider says.</summary>
    [Id(4)] public ContactIdentity? Contact { get; init; }
    /// <summary>Our own id, where the provider returns what was sent along (Cloud API's callback data).</summary>
    [Id(5)] public string? MessageId { get; init; }
    [Id(6)] public string? ConversationId { get; init; }
    /// <summary>The provider's own word, such as <c>played</c> or <c>SERVER_ACK</c>.</summary>
    [Id(7)] public string? ProviderStatus { get; init; }
}
