using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Orleans.Runtime;
using Orleans.Storage;
using Waqtor.Silo.Configuration;
using Waqtor.Silo.Engines;

namespace Waqtor.Silo.Health;

/// <summary>The grains' store takes a write: a small state of its own is read and written durably.</summary>
internal sealed class StoreHealthCheck(
    [FromKeyedServices(EngineNames.Storage)] IGrainStorage storage, SiloOptions options, TimeProvider clock, ILogger<StoreHealthCheck> logger)
    : HealthProbe(clock, logger)
{
    private const string StateName = "probe";

    // Each node of a cluster has a state of its own, also where several share a machine.
    private readonly GrainId _id = GrainId.Create(
        "health-probe",
        $"{Environment.MachineName.ToLowerInvariant()}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(options.DataPath)).AsSpan(0, 4))}");
    private readonly TimeProvider _clock = clock;

    protected override string Failure => "The store cannot be written; deliveries go to the spool.";

    protected override async Task<HealthCheckResult> ProbeAsync(CancellationToken cancellationToken)
    {
        var state = new GrainState<StoreProbeState> { State = new StoreProbeState() };
        await storage.ReadStateAsync(StateName, _id, state).WaitAsync(cancellationToken);
        state.State ??= new StoreProbeState();
        state.State.WrittenAt = _clock.GetUtcNow();
        await storage.WriteStateAsync(StateName, _id, state).WaitAsync(cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
