using Microsoft.Extensions.Diagnostics.HealthChecks;
using Waqtor.Conversations;

namespace Waqtor.Silo.Health;

/// <summary>A node without grains reaches one: the cluster answers.</summary>
internal sealed class ClusterHealthCheck(IGrainFactory grains, TimeProvider clock, ILogger<ClusterHealthCheck> logger) : HealthProbe(clock, logger)
{
    protected override string Failure => "No silo of the cluster answers.";

    protected override async Task<HealthCheckResult> ProbeAsync(CancellationToken cancellationToken)
    {
        await grains.GetGrain<IOrphanWatchGrain>(0).GetAsync().WaitAsync(cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
