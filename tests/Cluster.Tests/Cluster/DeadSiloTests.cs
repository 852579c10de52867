using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Waqtor.Cluster.Tests.Stores;
using Waqtor.Conversations;
using Xunit.Abstractions;

namespace Waqtor.Cluster.Tests.Cluster;

/// <summary>A silo dies with open buffers: whose flush waits for whom.</summary>
[Collection(StoreSuite.Name)]
public sealed class DeadSiloTests(StoreServers stores, ITestOutputHelper output)
{
    private const int Conversations = 120;

    // Six processes on whatever machine runs this.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1.5);

    // A process that ends closes its connections; a machine that vanishes does not, and is silent.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Silo_GoneWithOpenBuffers_FlushesTheLivingOnTimeAndTheDeadWithinHalfAMinute(bool isSilent)
    {
        await using var cluster = await ClusterUnderTest.StartAsync(stores, seconds: 8);
        using var client = await cluster.ConnectAsync();
        await cluster.WriteAsync("5511900000", "warm");
        await cluster.DrainAsync(cluster.Nodes[0].Client);

        await Parallel.ForEachAsync(
            Enumerable.Range(0, Conversations),
            new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (i, _) => await cluster.WriteAsync($"55119100{i:D4}", $"m{i}"));
        var homes = await HomesAsync(cluster, client.Services.GetRequiredService<IGrainFactory>());
        // Not the one that is asked afterwards; of the others the one with more to lose, as Orleans places them unevenly.
        var victim = homes.Values.Count(home => home == 1) >= homes.Values.Count(home => home == 2) ? 1 : 2;
        var killed = TimeProvider.System.GetUtcNow();
        if (isSilent) Signals.Freeze(cluster.Nodes[victim].ProcessId);
        else await cluster.Nodes[victim].KillAsync();

        await Eventually.PauseAsync(cluster.Buffer.Window());
        var batches = await cluster.DrainAsync(cluster.Nodes[0].Client);
        var open = batches.Where(batch => batch.FlushedAt > killed).ToList();
        var living = open.Where(batch => homes.GetValueOrDefault(batch.ConversationId, victim) != victim).Select(batch => batch.FlushedAt!.Value - batch.DueAt).Order().ToList();
        var dead = open.Where(batch => homes.GetValueOrDefault(batch.ConversationId, -1) == victim).Select(batch => batch.FlushedAt!.Value - killed).Order().ToList();

        // On a slow machine the first buffers are flushed before the last are open; how many are left is luck.
        living.ShouldNotBeEmpty();
        dead.ShouldNotBeEmpty();
        output.WriteLine($"living: {living.Count}, worst {living[^1].TotalMilliseconds:0} ms after their time");
        output.WriteLine($"dead: {dead.Count}, first {dead[0].TotalSeconds:0.0} s and last {dead[^1].TotalSeconds:0.0} s after the end");
        batches.Sum(batch => batch.ProviderMessageIds.Count).ShouldBe(Conversations + 1);
        living[^1].ShouldBeLessThan(Tolerance, "a buffer of a grain that lives waited for the dead silo");
        dead[^1].ShouldBeLessThan(TimeSpan.FromSeconds(30), "a buffer of a dead silo's grain was forgotten for too long");
        cluster.Gateway.Sent.Count.ShouldBe(batches.Count, "each batch is answered once");
    }

    // Where each conversation lives, by its id.
    private static async Task<Dictionary<string, int>> HomesAsync(ClusterUnderTest cluster, IGrainFactory grains)
    {
        var homes = new Dictionary<string, int>();
        var management = grains.GetGrain<IManagementGrain>(0);
        foreach (var conversation in await cluster.Nodes[0].Client.ConversationsAsync(ClusterUnderTest.Instance))
        {
            if (await management.GetActivationAddress(grains.GetGrain<IConversationGrain>(conversation.Id)) is { } silo)
                homes[conversation.Id] = cluster.NodeOf(silo.Endpoint.Port);
        }

        return homes;
    }
}
