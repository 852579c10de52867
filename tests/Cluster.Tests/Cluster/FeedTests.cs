using Waqtor.Cluster.Tests.Stores;
using Xunit.Abstractions;

namespace Waqtor.Cluster.Tests.Cluster;

/// <summary>A reader of the feed goes from node to node, and is either told nothing is missing, or that something may be.</summary>
[Collection(StoreSuite.Name)]
public sealed class FeedTests(StoreServers stores, ITestOutputHelper output)
{
    private const int PerHop = 12;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Reader_GoesFromNodeToNode_SeesNoGapAndNoRepetition()
    {
        await using var cluster = await ClusterUnderTest.StartAsync(stores, seconds: 1);
        var seen = new List<(string Epoch, long Sequence, string? Received)>();
        string? cursor = null;
        for (var hop = 0; hop < 6; hop++)
        {
            // Some of them come while the reader is nowhere.
            for (var i = 0; i < PerHop / 2 && hop > 0; i++) await cluster.WriteAsync($"5511920{hop}{i:D3}", $"away{hop}-{i}");
            await using var reader = new FeedReader();
            await reader.ConnectAsync(cluster.Nodes[hop % 3].Url, WaqtorServer.AdminKey, cursor);
            for (var i = 0; i < PerHop / 2; i++) await cluster.WriteAsync($"5511921{hop}{i:D3}", $"here{hop}-{i}");
            // They are of different conversations, which have no order among them.
            await Eventually.TrueAsync(
                () => $"all messages of hop {hop} among {reader.Events.Count} events",
                Patience,
                () => Task.FromResult(Enumerable.Range(0, PerHop / 2).All(i => reader.Has($"here{hop}-{i}"))));
            reader.Recovered.ShouldBe([hop > 0]);
            lock (reader.Events) seen.AddRange(reader.Events);
            cursor = reader.Cursor;
        }

        seen.Select(one => one.Epoch).Distinct().Count().ShouldBe(1);
        seen.Select(one => one.Sequence).ShouldBe(Enumerable.Range(0, seen.Count).Select(i => seen[0].Sequence + i));
        var received = seen.Select(one => one.Received).OfType<string>().ToHashSet();
        cluster.Ledger.Messages.Select(message => message.Id).Where(id => !received.Contains(id)).ShouldBeEmpty();
        output.WriteLine($"{seen.Count} events over six connections, without a gap");
    }

    [Fact]
    public async Task Reader_ItsNodeDies_GoesOnElsewhereOrIsToldToFetchAfresh()
    {
        await using var cluster = await ClusterUnderTest.StartAsync(stores, seconds: 1);
        var first = new FeedReader();
        await first.ConnectAsync(cluster.Nodes[1].Url, WaqtorServer.AdminKey, null);
        for (var i = 0; i < PerHop; i++) await cluster.WriteAsync($"5511930{i:D4}", $"before{i}");
        await Eventually.TrueAsync("the messages before the kill", Patience, () => Task.FromResult(first.Has($"before{PerHop - 1}")));

        await cluster.Nodes[1].KillAsync();
        await first.DisposeAsync();
        for (var i = 0; i < PerHop; i++) await cluster.WriteAsync($"5511931{i:D4}", $"after{i}");
        await using var second = new FeedReader();
        await second.ConnectAsync(cluster.Nodes[0].Url, WaqtorServer.AdminKey, first.Cursor);
        await cluster.WriteAsync("55119320001", "last");
        await Eventually.TrueAsync(() => $"the last message among {second.Events.Count} events; the node wrote:\n{cluster.Nodes[0].Output}", Patience, () => Task.FromResult(second.Has("last")));

        var sequences = second.Events.Where(one => one.Epoch == second.Events[^1].Epoch).Select(one => one.Sequence).ToList();
        sequences.ShouldBe(Enumerable.Range(0, sequences.Count).Select(i => sequences[0] + i), "within an epoch nothing is missing");
        if (second.Recovered.TrueForAll(recovered => recovered))
        {
            second.Events[0].Epoch.ShouldBe(first.Events[^1].Epoch);
            second.Events[0].Sequence.ShouldBe(first.Events[^1].Sequence + 1);
        }
        else
        {
            second.Events[^1].Epoch.ShouldNotBe(first.Events[^1].Epoch, "only a new epoch loses a place");
        }

        await cluster.HearHintAsync("messages");
        output.WriteLine($"recovered: {string.Join(", ", second.Recovered)}; sent away {second.Ends} times");
    }
}
