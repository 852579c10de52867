using Waqtor.Messages;

namespace Waqtor.Sandbox;

/// <summary>A receipt that a simulated phone will send.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.sandbox-receipt")]
public sealed record SandboxReceipt(
    [property: Id(0)] MessageStatus Status,
    [property: Id(1)] DateTimeOffset DueAt);
