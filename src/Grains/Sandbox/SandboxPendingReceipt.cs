using Waqtor.Messages;

namespace Waqtor.Sandbox;

/// <summary>A receipt that has yet to be sent, with all that it must say.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.sandbox-pending-receipt")]
public sealed record SandboxPendingReceipt
{
    [Id(0)] public required string InstanceId { get; init; }
    [Id(1)] public required string ProviderMessageId { get; init; }
    [Id(2)] public required string MessageId { get; init; }
    [Id(3)] public required string ConversationId { get; init; }
    [Id(4)] public required MessageStatus Status { get; init; }
    [Id(5)] public required DateTimeOffset DueAt { get; init; }
}
