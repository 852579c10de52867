using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Waqtor.Instances;

namespace Waqtor.SmartBot;

/// <summary>
/// Vectors of rules' phrases: from memory, else from the store, else from the embedder, which is asked for each phrase
/// once. Another embedder has other vectors, under another key.
/// </summary>
public sealed partial class PhraseVectors(IGrainFactory grains, BotEmbedder embedder, ILogger<PhraseVectors> logger)
{
    private const int BatchMax = 64;

    /// <summary>By phrase. Without those that could not be had; empty when the embedder does not answer.</summary>
    public async Task<Dictionary<string, float[]>> GetAsync(InstanceConfiguration instance, IEnumerable<string> phrases, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, float[]>(StringComparer.Ordinal);
        if (instance.Settings.SmartBot?.Embedder is not { } settings) return found;
        var name = BotFingerprint.Of(settings);
        var wanted = phrases.Distinct(StringComparer.Ordinal).ToDictionary(phrase => phrase, phrase => BotEmbedder.Hash(Redaction.Of(phrase, null)), StringComparer.Ordinal);
        foreach (var (phrase, hash) in wanted)
        {
            if (embedder.Find(name, hash) is { } vector) found[phrase] = vector;
        }

        await ReadAsync(name, wanted, found);
        var missing = wanted.Keys.Where(phrase => !found.ContainsKey(phrase)).ToArray();
        try
        {
            foreach (var batch in missing.Chunk(BatchMax)) await AskAsync(instance, settings, name, batch, wanted, found, cancellationToken);
        }
        catch (EndpointException exception)
        {
            // A part would tilt the model towards the phrases that have vectors.
            LogFailed(logger, instance.Name, exception.Message);
            found.Clear();
        }

        return found;
    }

    private async Task ReadAsync(string name, Dictionary<string, string> wanted, Dictionary<string, float[]> found)
    {
        foreach (var shard in wanted.Where(pair => !found.ContainsKey(pair.Key)).GroupBy(pair => ShardOf(pair.Value)).ToList())
        {
            var stored = await Shard(name, shard.Key).GetAsync([.. shard.Select(pair => pair.Value)]);
            foreach (var (phrase, hash) in shard)
            {
                if (!stored.TryGetValue(hash, out var vector)) continue;
                found[phrase] = [.. vector];
                embedder.Remember(name, hash, found[phrase]);
            }
        }
    }

    private async Task AskAsync(
        InstanceConfiguration instance, EmbedderSettings settings, string name, string[] batch,
        Dictionary<string, string> wanted, Dictionary<string, float[]> found, CancellationToken cancellationToken)
    {
        var vectors = await embedder.EmbedAsync(instance, settings, [.. batch.Select(phrase => Redaction.Of(phrase, null))], cancellationToken);
        for (var i = 0; i < batch.Length; i++)
        {
            found[batch[i]] = vectors[i];
            embedder.Remember(name, wanted[batch[i]], vectors[i]);
        }

        foreach (var shard in batch.DistinctBy(phrase => wanted[phrase]).GroupBy(phrase => ShardOf(wanted[phrase])))
        {
            await Shard(name, shard.Key).PutAsync(shard.ToImmutableDictionary(
                phrase => wanted[phrase], phrase => found[phrase].ToImmutableArray(), StringComparer.Ordinal));
        }
    }

    private IVectorShardGrain Shard(string name, int shard) => grains.GetGrain<IVectorShardGrain>(new VectorShardKey(name, shard).ToString());

    private static int ShardOf(string hash) => Convert.ToInt32(hash[..1], 16) % VectorShardKey.Shards;

    [LoggerMessage(1, LogLevel.Warning, "Phrases of instance {Instance} have no vectors: {Reason}")]
    private static partial void LogFailed(ILogger logger, string instance, string reason);
}
