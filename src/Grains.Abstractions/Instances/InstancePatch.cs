namespace Waqtor.Instances;

/// <summary>A change of an instance: null leaves a member as it is, an empty credential clears it.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.instance-patch")]
public sealed record InstancePatch
{
    /// <summary>The whole settings after the change; null: unchanged. The provider cannot change.</summary>
    [Id(0)] public InstanceSettings? Settings { get; init; }
    [Id(1)] public InstanceCredentials? Credentials { get; init; }
    /// <summary>The instance's version that the settings were made from; null: whatever it is.</summary>
    [Id(2)] public long? Version { get; init; }
}
