using Waqtor.Messages;

namespace Waqtor.SmartBot;

/// <summary>What a conversation offered lately, so that a choice can be understood.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.sent-offer")]
public sealed record SentOffer(
    [property: Id(0)] string MessageId,
    /// <summary>Null until the provider has it.</summary>
    [property: Id(1)] string? ProviderMessageId,
    [property: Id(2)] Offer Offer);
