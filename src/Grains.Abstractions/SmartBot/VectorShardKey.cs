namespace Waqtor.SmartBot;

/// <summary>Key of <see cref="IVectorShardGrain"/>: hash of the embedder, and a shard of 0 to 15.</summary>
public readonly record struct VectorShardKey(string Embedder, int Shard)
{
    public const int Shards = 16;

    public override string ToString() => $"{Embedder}/{Shard}";

    /// <exception cref="FormatException">Not a hash, a slash and a shard.</exception>
    public static VectorShardKey Parse(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && int.TryParse(key.AsSpan(slash + 1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var shard)
            && shard < Shards
            ? new VectorShardKey(key[..slash], shard)
            : throw new FormatException("A vector shard key is embedder/shard.");
    }
}
