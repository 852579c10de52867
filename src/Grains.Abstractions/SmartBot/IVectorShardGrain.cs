using System.Collections.Immutable;

namespace Waqtor.SmartBot;

/// <summary>
/// Vectors of rules' phrases by an outside embedder, so that a restart does not ask for them again. A share of one
/// model's vectors. Key: <see cref="VectorShardKey"/>.
/// </summary>
[Alias("waqtor.IVectorShardGrain")]
public interface IVectorShardGrain : IGrainWithStringKey
{
    /// <summary>Those that are known, by hash of their text.</summary>
    [Alias("GetAsync")]
    Task<ImmutableDictionary<string, ImmutableArray<float>>> GetAsync(ImmutableArray<string> hashes);

    /// <summary>Keeps vectors; beyond the limit the oldest go.</summary>
    [Alias("PutAsync")]
    Task PutAsync(ImmutableDictionary<string, ImmutableArray<float>> vectors);
}
