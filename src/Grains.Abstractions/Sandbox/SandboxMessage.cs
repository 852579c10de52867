using System.Collections.Immutable;
using Waqtor.Messages;

namespace Waqtor.Sandbox;

/// <summary>A message on a simulated phone's screen.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.sandbox-message")]
public sealed record SandboxMessage(
    [property: Id(0)] string ProviderMessageId,
    [property: Id(1)] bool FromCustomer,
    [property: Id(2)] string Text,
    [property: Id(3)] DateTimeOffset At,
    [property: Id(4)] MessageStatus Status,
    /// <summary>What the phone may choose from.</summary>
    [property: Id(5)] Offer? Offer = null,
    /// <summary>Whom it mentions, as <see cref="MessageContent.MentionedIds"/> has them; null: nobody.</summary>
    [property: Id(6)] ImmutableArray<string>? MentionedIds = null);
