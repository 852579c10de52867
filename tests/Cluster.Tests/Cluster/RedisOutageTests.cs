using Waqtor.Cluster.Tests.Stores;
using Xunit.Abstractions;

namespace Waqtor.Cluster.Tests.Cluster;

/// <summary>Redis dies under load and comes back, as it does when its machine is restarted: for a moment, and for longer than silos wait for one another.</summary>
[Collection(StoreSuite.Name)]
public sealed class RedisOutageTests(StoreServers stores, ITestOutputHelper output)
{
    private static readonly TimeSpan Breath = TimeSpan.FromSeconds(4);

    // Until every node has connected anew and what was in doubt was read again.
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Redis_KilledAndStartedAgain_LosesNothingAndNoSiloEnds()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        await using var cluster = await ClusterUnderTest.StartAsync(stores);
        var clients = new BurstClients(cluster.Customers, cluster.Ledger, ClusterUnderTest.Instance, seed, connections: 16);
        using var stop = new CancellationTokenSource();
        var load = clients.RunAsync(stop.Token);
        await Eventually.PauseAsync(Breath);

        foreach (var seconds in new[] { 1, 15 })
        {
            var killed = TimeProvider.System.GetUtcNow();
            await stores.KillRedisAsync();
            await Eventually.PauseAsync(TimeSpan.FromSeconds(seconds));
            await stores.StartAsync();
            var acked = cluster.Ledger.Acked;
            await Eventually.TrueAsync("messages to be taken again", TimeSpan.FromSeconds(60), () => Task.FromResult(cluster.Ledger.Acked > acked + 50));
            output.WriteLine($"Redis was away for {seconds} s; {(TimeProvider.System.GetUtcNow() - killed).TotalSeconds - seconds:0.0} s after it came back the next 50 messages were taken");
            cluster.Outages.Add(new Outage(killed, TimeProvider.System.GetUtcNow() + Settled));
            // What was due within that time must not meet the next outage.
            await Eventually.PauseAsync(Settled + Breath);
            load.IsFaulted.ShouldBeFalse(load.Exception?.ToString());
        }

        await stop.CancelAsync();
        await load.WaitAsync(TimeSpan.FromSeconds(90));
        cluster.Nodes.Count(node => node.HasExited).ShouldBe(0, "no silo ends because Redis did");
        var verdict = await cluster.JudgeAsync(Grace, Tolerance);
        output.WriteLine($"{clients.Interrupted} posts interrupted, {clients.Refused} refused, {clients.Redeliveries} redelivered");
        output.WriteLine(verdict.Figures);
        verdict.ShouldBeClean();
        cluster.Gateway.Unexpected.ShouldBeEmpty();
        await cluster.HearHintAsync("messages");
    }
}
