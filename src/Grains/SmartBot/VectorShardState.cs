namespace Waqtor.SmartBot;

/// <summary>What <see cref="VectorShardGrain"/> stores.</summary>
[GenerateSerializer, Alias("waqtor.vector-shard-state")]
public sealed class VectorShardState
{
    /// <summary>Version of this layout.</summary>
    [Id(0)] public int Version { get; set; } = 1;
    /// <summary>Hashes in the order in which they came.</summary>
    [Id(1)] public List<string> Order { get; set; } = [];
    /// <summary>Little-endian single floats by hash of the text.</summary>
    [Id(2)] public Dictionary<string, byte[]> Vectors { get; set; } = new(StringComparer.Ordinal);
}
