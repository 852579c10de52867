using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;
using Waqtor.Instances;

namespace Waqtor.SmartBot;

/// <summary>
/// Vectors of texts by an instance's embedder: remembered by embedder and text, waited for a short time only, and not
/// asked for while the embedder keeps failing. Texts come here without anything private.
/// </summary>
public sealed partial class BotEmbedder(EndpointHttp http, TimeProvider clock, IOptions<SmartBotOptions> options, ILogger<BotEmbedder> logger)
{
    private const int BreakersMax = 1_000;
    private const int FailuresBeforeBreak = 3;

    private readonly ConcurrentDictionary<string, float[]> _vectors = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ResiliencePipeline> _breakers = new(StringComparer.Ordinal);

    /// <summary>Null: the embedder did not answer in time, or is not asked just now.</summary>
    public async Task<float[]?> TryEmbedAsync(InstanceConfiguration instance, string text, CancellationToken cancellationToken)
    {
        if (instance.Settings.SmartBot?.Embedder is not { } settings) return null;
        var embedder = BotFingerprint.Of(settings);
        if (_vectors.TryGetValue(Key(embedder, Hash(text)), out var known)) return known;
        try
        {
            var vectors = await BreakerOf(embedder).ExecuteAsync(
                async token => await Generator(settings, instance.Credentials.EmbedderApiKey).GenerateAsync([text], cancellationToken: token), cancellationToken);
            var vector = vectors[0].Vector.ToArray();
            Remember(embedder, Hash(text), vector);
            return vector;
        }
        catch (Exception exception) when (exception is EndpointException or BrokenCircuitException or TimeoutRejectedException)
        {
            LogFailed(logger, instance.Name, exception.GetType().Name);
            return null;
        }
    }

    /// <summary>Asks for many at once, for training: takes its time.</summary>
    internal async Task<float[][]> EmbedAsync(InstanceConfiguration instance, EmbedderSettings settings, string[] texts, CancellationToken cancellationToken)
    {
        var vectors = await Generator(settings, instance.Credentials.EmbedderApiKey).GenerateAsync(texts, cancellationToken: cancellationToken);
        return [.. vectors.Select(vector => vector.Vector.ToArray())];
    }

    internal float[]? Find(string embedder, string hash) => _vectors.GetValueOrDefault(Key(embedder, hash));

    internal void Remember(string embedder, string hash, float[] vector)
    {
        if (_vectors.Count >= options.Value.VectorsMax) _vectors.Clear();
        _vectors[Key(embedder, hash)] = vector;
    }

    internal static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));

    private static string Key(string embedder, string hash) => embedder + hash;

    private EmbeddingEndpoint Generator(EmbedderSettings settings, string? apiKey) => new(http, settings.Kind, settings.BaseUrl, settings.Model, apiKey);

    private ResiliencePipeline BreakerOf(string embedder)
    {
        if (_breakers.TryGetValue(embedder, out var known)) return known;
        if (_breakers.Count >= BreakersMax) _breakers.Clear();
        return _breakers.GetOrAdd(embedder, _ => new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                FailureRatio = 0.5,
                MinimumThroughput = FailuresBeforeBreak,
                SamplingDuration = TimeSpan.FromSeconds(30),
                BreakDuration = TimeSpan.FromSeconds(options.Value.EmbedderBreakSeconds),
            })
            .AddTimeout(TimeSpan.FromMilliseconds(options.Value.EmbedderTimeoutMilliseconds))
            .Build());
    }

    [LoggerMessage(1, LogLevel.Warning, "The embedder of instance {Instance} did not answer ({Failure}); words alone decide.")]
    private static partial void LogFailed(ILogger logger, string instance, string failure);
}
