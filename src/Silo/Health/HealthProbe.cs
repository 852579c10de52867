using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Waqtor.Silo.Health;

/// <summary>
/// A check whose answer is kept for a second: whoever asks without a key must not be able to load the store. Failures
/// are told by a fixed sentence; the exception, which could hold a path or a connection string, goes to the log only.
/// </summary>
internal abstract partial class HealthProbe(TimeProvider clock, ILogger logger) : IHealthCheck, IDisposable
{
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _turn = new(1);
    private HealthCheckResult _last;
    private long? _lastAt;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_lastAt is { } at && clock.GetElapsedTime(at) < KeptFor) return _last;
            _last = await ProbeSafelyAsync(context.Registration, cancellationToken);
            _lastAt = clock.GetTimestamp();
            return _last;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>Throws when the part does not work.</summary>
    protected abstract Task<HealthCheckResult> ProbeAsync(CancellationToken cancellationToken);

    /// <summary>What is said when <see cref="ProbeAsync"/> throws.</summary>
    protected abstract string Failure { get; }

    private async Task<HealthCheckResult> ProbeSafelyAsync(HealthCheckRegistration registration, CancellationToken cancellationToken)
    {
        try
        {
            return await ProbeAsync(cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(logger, registration.Name, exception);
            return new HealthCheckResult(registration.FailureStatus, Failure);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "Health check {Check} failed")]
    private static partial void LogFailed(ILogger logger, string check, Exception exception);
}
