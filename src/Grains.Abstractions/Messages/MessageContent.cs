using System.Collections.Immutable;

namespace Waqtor.Messages;

/// <summary>The structured part of a message; which member is set follows from its <see cref="MessageKind"/>.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.message-content")]
public sealed record MessageContent
{
    [Id(0)] public MediaContent? Media { get; init; }
    [Id(1)] public LocationContent? Location { get; init; }
    [Id(2)] public InteractiveContent? Interactive { get; init; }
    [Id(3)] public ReactionContent? Reaction { get; init; }
    /// <summary>The provider's message id that a reaction, an edit or a deletion speaks of.</summary>
    [Id(4)] public string? TargetProviderMessageId { get; init; }
    /// <summary>The provider's message id that this message answers.</summary>
    [Id(5)] public string? QuotedProviderMessageId { get; init; }
    [Id(6)] public bool Forwarded { get; init; }
    /// <summary>Raw JSON of what has no fields of its own here: contact cards, orders, referrals, unknown kinds.</summary>
    [Id(7)] public string? RawJson { get; init; }
    /// <summary>Raw JSON of the advertisement or post that led here, when the provider told.</summary>
    [Id(8)] public string? ReferralJson { get; init; }
    /// <summary>Errors the provider put on an inbound message it could not show.</summary>
    [Id(9)] public MessageError? Error { get; init; }
    /// <summary>The buttons or the list of a message of ours.</summary>
    [Id(10)] public Offer? Offer { get; init; }
    /// <summary>Whom a message of ours mentions: phone numbers by their digits, others as <c>…@lid</c>; null: nobody.</summary>
    [Id(11)] public ImmutableArray<string>? MentionedIds { get; init; }
}
