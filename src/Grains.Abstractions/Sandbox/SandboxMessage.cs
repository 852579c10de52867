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
    [property: Id(5)] Offer? Offer = null);
