using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;

namespace Waqtor.SmartBot;

/// <inheritdoc cref="IVectorShardGrain" />
[GrainType("vector-shard")]
public sealed class VectorShardGrain(
    [PersistentState("vectors", GrainStorageNames.Waqtor)] IPersistentState<VectorShardState> state, IOptions<SmartBotOptions> options)
    : Grain, IVectorShardGrain
{
    public Task<ImmutableDictionary<string, ImmutableArray<float>>> GetAsync(ImmutableArray<string> hashes)
    {
        var found = ImmutableDictionary.CreateBuilder<string, ImmutableArray<float>>(StringComparer.Ordinal);
        foreach (var hash in hashes)
        {
            if (state.State.Vectors.TryGetValue(hash, out var bytes))
                found[hash] = [.. MemoryMarshal.Cast<byte, float>(bytes)];
        }

        return Task.FromResult(found.ToImmutable());
    }

    public async Task PutAsync(ImmutableDictionary<string, ImmutableArray<float>> vectors)
    {
        foreach (var (hash, vector) in vectors)
        {
            if (!state.State.Vectors.TryAdd(hash, MemoryMarshal.AsBytes(vector.AsSpan()).ToArray())) continue;
            state.State.Order.Add(hash);
        }

        while (state.State.Order.Count > options.Value.VectorsPerShardMax)
        {
            state.State.Vectors.Remove(state.State.Order[0]);
            state.State.Order.RemoveAt(0);
        }

        await state.WriteOrForgetAsync(this);
    }
}
