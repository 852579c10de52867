using Waqtor.Conversations;

namespace Waqtor.Silo.Conversations;

/// <summary>Has the orphan watch begin with the server; its own reminder keeps it going from then on.</summary>
internal sealed class OrphanWatchStart(IGrainFactory grains) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => grains.GetGrain<IOrphanWatchGrain>(0).StartAsync();

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
