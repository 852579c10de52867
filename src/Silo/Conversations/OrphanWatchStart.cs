using Waqtor.Conversations;
using Waqtor.Silo.Engines;

namespace Waqtor.Silo.Conversations;

/// <summary>Has the orphan watch begin with the server; its own reminder keeps it going from then on.</summary>
internal sealed class OrphanWatchStart(IGrainFactory grains, TimeProvider clock) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) =>
        UntilReachable.RunAsync(() => grains.GetGrain<IOrphanWatchGrain>(0).StartAsync(), clock, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
