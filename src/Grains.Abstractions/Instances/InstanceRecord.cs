using System.Collections.Immutable;

namespace Waqtor.Instances;

/// <summary>An instance as clients see it: which credentials are set, not what they are.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.instance-record")]
public sealed record InstanceRecord
{
    [Id(0)] public required string Id { get; init; }
    [Id(1)] public required string Name { get; init; }
    [Id(2)] public required InstanceSettings Settings { get; init; }
    /// <summary>Names of the credentials that are set, such as <c>apiKey</c>.</summary>
    [Id(3)] public ImmutableArray<string> CredentialsSet { get; init; } = [];
    [Id(4)] public required SessionRecord Session { get; init; }
    [Id(5)] public required DateTimeOffset CreatedAt { get; init; }
    [Id(6)] public required DateTimeOffset UpdatedAt { get; init; }
    [Id(7)] public required long Version { get; init; }
}
