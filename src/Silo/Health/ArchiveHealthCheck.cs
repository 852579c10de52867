using Microsoft.Extensions.Diagnostics.HealthChecks;
using Waqtor.Archive;

namespace Waqtor.Silo.Health;

/// <summary>
/// The searchable history can be written and read. Messages are taken and answered without it, so it never makes the
/// server unready: all nodes share one PostgreSQL, and none would be left to take them.
/// </summary>
internal sealed partial class ArchiveHealthCheck(IArchiveHealth archive, TimeProvider clock, ILogger<ArchiveHealthCheck> logger) : HealthProbe(clock, logger)
{
    private readonly ILogger _logger = logger;

    protected override string Failure => "The archive does not work; lists and search fail, messages are still taken and answered.";

    protected override async Task<HealthCheckResult> ProbeAsync(CancellationToken cancellationToken)
    {
        var report = await archive.CheckAsync(cancellationToken);
        if (report.Healthy) return HealthCheckResult.Healthy();
        // Where the database is and what it says is nobody's business who asks without a key.
        LogNotWell(_logger, report.Error);
        return HealthCheckResult.Degraded(Failure);
    }

    [LoggerMessage(2, LogLevel.Error, "The archive does not work: {Reason}")]
    private static partial void LogNotWell(ILogger logger, string? reason);
}
