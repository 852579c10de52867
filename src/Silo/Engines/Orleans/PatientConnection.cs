using Orleans;

namespace Waqtor.Silo.Engines;

/// <summary>A node without grains waits for the first silo instead of ending: who starts first does not matter.</summary>
internal sealed partial class PatientConnection(TimeProvider clock, ILogger<PatientConnection> logger) : IClientConnectionRetryFilter
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        LogNoSilo(logger, exception.GetType().Name);
        await Task.Delay(Pause, clock, cancellationToken);
        return true;
    }

    [LoggerMessage(1, LogLevel.Warning, "No silo of the cluster answers yet ({Reason}).")]
    private static partial void LogNoSilo(ILogger logger, string reason);
}
