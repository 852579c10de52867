using System.Collections.Immutable;

namespace Waqtor.Access;

/// <summary>A key to be made.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.api-key-definition")]
public sealed record ApiKeyDefinition
{
    [Id(0)] public required string Name { get; init; }
    [Id(1)] public required Role Role { get; init; }
    [Id(2)] public ImmutableArray<string> Instances { get; init; } = [];
    [Id(3)] public DateTimeOffset? ExpiresAt { get; init; }
    /// <summary>SHA-256 of the key in lower-case hex; the key has 256 random bits, so no slow hash is needed.</summary>
    [Id(4)] public required string Hash { get; init; }
    [Id(5)] public required string Prefix { get; init; }
}
