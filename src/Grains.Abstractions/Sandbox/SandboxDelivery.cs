using System.Collections.Immutable;
using Waqtor.Sending;

namespace Waqtor.Sandbox;

/// <summary>A message of the business on its way to a simulated phone.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.sandbox-delivery")]
public sealed record SandboxDelivery
{
    [Id(0)] public required SendRequest Request { get; init; }
    [Id(1)] public required string ProviderMessageId { get; init; }
    /// <summary>In the order in which they will arrive.</summary>
    [Id(2)] public ImmutableArray<SandboxReceipt> Receipts { get; init; } = [];
}
