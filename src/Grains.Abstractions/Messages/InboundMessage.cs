namespace Waqtor.Messages;

/// <summary>One message of a provider's delivery, translated but not yet stored.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.inbound-message")]
public sealed record InboundMessage
{
    /// <summary>The provider's id: the key of deduplication within an instance.</summary>
    [Id(0)] public required string ProviderMessageId { get; init; }
    [Id(1)] public required ContactIdentity Contact { get; init; }
    [Id(2)] public required MessageKind Kind { get; init; }
    /// <summary>Text, caption, or the title of what was chosen; null where there is none.</summary>
    [Id(3)] public string? Text { get; init; }
    [Id(4)] public MessageContent? Content { get; init; }
    /// <summary>The provider's time of the message; null when it gave none.</summary>
    [Id(5)] public DateTimeOffset? SentAt { get; init; }
    /// <summary>Typed on the business's own phone, or an echo of what was sent by API: shown, never answered.</summary>
    [Id(6)] public bool FromMe { get; init; }
}
