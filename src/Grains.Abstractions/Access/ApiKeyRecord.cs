using System.Collections.Immutable;

namespace Waqtor.Access;

/// <summary>A key as clients see it: never the key itself.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.api-key-record")]
public sealed record ApiKeyRecord
{
    [Id(0)] public required string Id { get; init; }
    [Id(1)] public required string Name { get; init; }
    /// <summary>The first characters of the key, enough to recognise it.</summary>
    [Id(2)] public required string Prefix { get; init; }
    [Id(3)] public required Role Role { get; init; }
    /// <summary>Names of the instances it may see; empty: all.</summary>
    [Id(4)] public ImmutableArray<string> Instances { get; init; } = [];
    [Id(5)] public required DateTimeOffset CreatedAt { get; init; }
    [Id(6)] public DateTimeOffset? ExpiresAt { get; init; }
    [Id(7)] public DateTimeOffset? LastUsedAt { get; init; }
    [Id(8)] public bool Revoked { get; init; }
}
