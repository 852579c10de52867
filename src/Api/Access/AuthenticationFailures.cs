using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Options;

namespace Waqtor.Api.Access;

/// <summary>Counts wrong keys per address, so that keys cannot be tried out.</summary>
internal sealed class AuthenticationFailures(TimeProvider clock, IOptions<KeyCheckOptions> options)
{
    private const int AddressesMax = 100_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<IPAddress, Count> _counts = new();

    private sealed record Count(long Since, int Failures);

    /// <summary>How long the address must wait; zero when it may try.</summary>
    public TimeSpan WaitOf(IPAddress address)
    {
        if (!_counts.TryGetValue(address, out var count) || count.Failures < options.Value.FailuresPerMinute) return TimeSpan.Zero;
        var wait = Window - clock.GetElapsedTime(count.Since);
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    public void Add(IPAddress address)
    {
        if (_counts.Count >= AddressesMax) _counts.Clear();
        var now = clock.GetTimestamp();
        _counts.AddOrUpdate(
            address,
            static (_, time) => new Count(time.Now, 1),
            static (_, count, time) => time.Clock.GetElapsedTime(count.Since, time.Now) < Window
                ? count with { Failures = count.Failures + 1 }
                : new Count(time.Now, 1),
            (Now: now, Clock: clock));
    }
}
