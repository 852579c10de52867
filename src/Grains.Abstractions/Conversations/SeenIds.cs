using System.Collections.Immutable;

namespace Waqtor.Conversations;

/// <summary>The provider message ids that a conversation took in on one day (UTC), 8 bytes each.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.seen-ids")]
public sealed record SeenIds(
    /// <summary>Days since year 1.</summary>
    [property: Id(0)] int Day,
    [property: Id(1)] ImmutableArray<byte> Hashes);
