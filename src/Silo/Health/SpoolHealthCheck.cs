using Microsoft.Extensions.Diagnostics.HealthChecks;
using Waqtor.Api.Spooling;

namespace Waqtor.Silo.Health;

/// <summary>Whether deliveries wait in the spool. They are safe there, so it never makes the server unready.</summary>
internal sealed class SpoolHealthCheck(ISpoolHealth spool) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var data = new Dictionary<string, object> { ["pending"] = spool.Pending };
        return Task.FromResult(spool.Pending == 0
            ? HealthCheckResult.Healthy(data: data)
            : HealthCheckResult.Degraded("Deliveries wait for the store.", data: data));
    }
}
