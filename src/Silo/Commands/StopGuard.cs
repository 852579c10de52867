namespace Waqtor.Silo.Commands;

/// <summary>
/// Ends the process when its stop takes too long. Not everything in it is bound by the host's own timeout: with Redis
/// away, leaving the cluster is tried for minutes. Killing is safe, so this is too.
/// </summary>
/// <param name="clock">Measures the time.</param>
/// <param name="end">Ends the process.</param>
internal sealed class StopGuard(TimeProvider clock, Action end) : IDisposable
{
    /// <summary>What a stop may take beyond <c>Waqtor:StopTimeoutSeconds</c>.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    private CancellationTokenRegistration _stopping;
    private ITimer? _timer;

    /// <summary>Counts from when <paramref name="stopping"/> is cancelled.</summary>
    public void Watch(TimeSpan stopTimeout, CancellationToken stopping) =>
        _stopping = stopping.Register(() => _timer = clock.CreateTimer(_ => end(), null, stopTimeout + Grace, Timeout.InfiniteTimeSpan));

    public void Dispose()
    {
        _stopping.Dispose();
        _timer?.Dispose();
    }
}
