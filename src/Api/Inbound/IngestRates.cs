using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace Waqtor.Api.Inbound;

/// <summary>One token bucket per instance.</summary>
internal sealed class IngestRates(IOptions<IngestOptions> options) : IDisposable
{
    private readonly ConcurrentDictionary<string, TokenBucketRateLimiter> _buckets = new(StringComparer.Ordinal);
    private readonly int _rate = options.Value.RequestsPerSecond;

    /// <param name="instanceId">Of an instance that exists, so the number of buckets is bounded by theirs.</param>
    public bool TryAcquire(string instanceId)
    {
        if (_rate == 0) return true;
        var bucket = _buckets.GetOrAdd(instanceId, static (_, rate) => Create(rate), _rate);
        return bucket.AttemptAcquire().IsAcquired;
    }

    public void Dispose()
    {
        foreach (var bucket in _buckets.Values) bucket.Dispose();
    }

    // Refilled ten times a second, or as often as one token fits.
    private static TokenBucketRateLimiter Create(int rate) => new(new TokenBucketRateLimiterOptions
    {
        TokenLimit = rate * 2,
        TokensPerPeriod = Math.Max(1, rate / 10),
        ReplenishmentPeriod = TimeSpan.FromSeconds(rate >= 10 ? 0.1 : 1.0 / rate),
        QueueLimit = 0,
        AutoReplenishment = true,
    });
}
