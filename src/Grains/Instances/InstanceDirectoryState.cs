namespace Waqtor.Instances;

/// <summary>What <see cref="InstanceDirectoryGrain"/> stores.</summary>
[GenerateSerializer, Alias("waqtor.instance-directory-state")]
public sealed class InstanceDirectoryState
{
    /// <summary>Version of this layout.</summary>
    [Id(0)] public int Version { get; set; } = 1;
    /// <summary>By name.</summary>
    [Id(1)] public Dictionary<string, InstanceEntry> Entries { get; set; } = new(StringComparer.Ordinal);
}
