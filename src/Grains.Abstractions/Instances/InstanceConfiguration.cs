namespace Waqtor.Instances;

/// <summary>An instance with its credentials: for ingest and sending only, never for a reply to a client.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.instance-configuration")]
public sealed record InstanceConfiguration
{
    [Id(0)] public required string Id { get; init; }
    [Id(1)] public required string Name { get; init; }
    [Id(2)] public required InstanceSettings Settings { get; init; }
    [Id(3)] public required InstanceCredentials Credentials { get; init; }
    [Id(4)] public required long Version { get; init; }
}
