using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Waqtor.Api.Devices;

/// <summary>A bucket of calls per session, refilled by the time that passed.</summary>
internal sealed class DeviceRates(TimeProvider clock, IOptions<DeviceMessagesOptions> options)
{
    private const int SessionsMax = 100_000;
    private const int BurstSeconds = 10;

    private readonly ConcurrentDictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);

    private sealed record Bucket(double Tokens, long At);

    public bool TryAcquire(string sessionId)
    {
        if (_buckets.Count > SessionsMax) _buckets.Clear();
        var now = clock.GetTimestamp();
        var taken = false;
        _buckets.AddOrUpdate(
            sessionId,
            _ =>
            {
                taken = true;
                return new Bucket((options.Value.SessionRequestsPerSecond * BurstSeconds) - 1, now);
            },
            (_, bucket) =>
            {
                var rate = options.Value.SessionRequestsPerSecond;
                var tokens = Math.Min(rate * BurstSeconds, bucket.Tokens + (clock.GetElapsedTime(bucket.At, now).TotalSeconds * rate));
                taken = tokens >= 1;
                return new Bucket(taken ? tokens - 1 : tokens, now);
            });
        return taken;
    }
}
