using System.Collections.Immutable;

namespace Waqtor.Deliveries;

/// <summary>The trace of one provider's delivery: received, parsed, routed, stored or refused with the reason.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.delivery-record")]
public sealed record DeliveryRecord
{
    [Id(0)] public required string Id { get; init; }
    [Id(1)] public required string Instance { get; init; }
    [Id(2)] public required string Provider { get; init; }
    [Id(3)] public required DateTimeOffset ReceivedAt { get; init; }
    [Id(4)] public required int Bytes { get; init; }
    [Id(5)] public required DeliveryOutcome Outcome { get; init; }
    /// <summary>Why it was refused or parked: a stable code.</summary>
    [Id(6)] public string? Reason { get; init; }
    /// <summary>False when the instance has no secret to check with.</summary>
    [Id(7)] public bool SignatureChecked { get; init; }
    [Id(8)] public double DurationMilliseconds { get; init; }
    [Id(9)] public ImmutableArray<DeliveryElementRecord> Elements { get; init; } = [];
    /// <summary>The raw body as text, only when parked.</summary>
    [Id(10)] public string? Raw { get; init; }
}
