using Microsoft.Extensions.Diagnostics.HealthChecks;
using Waqtor.Archive;

namespace Waqtor.Silo.Health;

/// <summary>The searchable history can be written and read.</summary>
internal sealed class ArchiveHealthCheck(IArchiveHealth archive, TimeProvider clock, ILogger<ArchiveHealthCheck> logger) : HealthProbe(clock, logger)
{
    protected override string Failure => "The archive does not work; lists and search fail, messages are still taken and answered.";

    protected override async Task<HealthCheckResult> ProbeAsync(CancellationToken cancellationToken)
    {
        var report = await archive.CheckAsync(cancellationToken);
        return report.Healthy ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(report.Error ?? Failure);
    }
}
