using Waqtor.Cluster.Tests.Stores;
using Xunit.Abstractions;

namespace Waqtor.Cluster.Tests.Cluster;

/// <summary>
/// What happens to a cluster in its life, while customers write: nodes restart one after the other, one dies, all die.
/// Judged as one server is: nothing acknowledged is lost, nothing is in two batches, order is kept, replies are not
/// doubled without a reason, flushes are on time or taken up in time.
/// </summary>
[Collection(StoreSuite.Name)]
public sealed class StoryTests(StoreServers stores, ITestOutputHelper output)
{
    private static readonly TimeSpan Breath = TimeSpan.FromSeconds(4);

    // From a death until the dead silo's grains may live elsewhere, and then until all of them were woken: 30 s in all.
    private static readonly TimeSpan Declared = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    // Six processes on whatever machine runs this.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Cluster_RolledThenOneKilledThenAllKilled_LosesAndDoublesNothing()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        await using var cluster = await ClusterUnderTest.StartAsync(stores);
        var clients = new BurstClients(cluster.Customers, cluster.Ledger, ClusterUnderTest.Instance, seed, connections: 16);
        using var stop = new CancellationTokenSource();
        var load = clients.RunAsync(stop.Token);
        await Eventually.PauseAsync(Breath);

        foreach (var node in cluster.Nodes)
        {
            var began = Now;
            var took = await node.StopAsync(TimeSpan.FromSeconds(30));
            node.ExitCode.ShouldBe(0, node.Output);
            await node.StartAsync();
            cluster.Outages.Add(new Outage(began, Now));
            output.WriteLine($"a node stopped in {took.TotalSeconds:0.0} s and was ready again after {(Now - began).TotalSeconds:0.0} s");
            load.IsFaulted.ShouldBeFalse(load.Exception?.ToString());
        }

        await Eventually.PauseAsync(Breath);
        var killed = Now;
        await cluster.Nodes[1].KillAsync();
        cluster.Outages.Add(new Outage(killed, killed + Declared));
        await Eventually.PauseAsync(Declared);
        await cluster.Nodes[1].StartAsync();
        load.IsFaulted.ShouldBeFalse(load.Exception?.ToString());

        killed = Now;
        await Task.WhenAll(cluster.Nodes.Select(node => node.KillAsync()));
        await Eventually.PauseAsync(cluster.Buffer.Window());
        await Task.WhenAll(cluster.Nodes.Select(node => node.StartAsync()));
        cluster.Outages.Add(new Outage(killed, Now));
        output.WriteLine($"all died, and all were ready again after {(Now - killed).TotalSeconds:0.0} s");
        await Eventually.PauseAsync(Breath);
        await stop.CancelAsync();
        await load.WaitAsync(TimeSpan.FromSeconds(90));

        var verdict = await cluster.JudgeAsync(Grace, Tolerance);
        output.WriteLine($"{clients.Interrupted} posts interrupted, {clients.Refused} refused, {clients.Redeliveries} redelivered");
        output.WriteLine(verdict.Figures);
        verdict.ShouldBeClean();
        cluster.Gateway.Unexpected.ShouldBeEmpty();
        // Who listens to which topic outlives the silos, too.
        await cluster.HearHintAsync("messages");
        await cluster.HearHintAsync($"instance:{ClusterUnderTest.Instance}");
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();
}
