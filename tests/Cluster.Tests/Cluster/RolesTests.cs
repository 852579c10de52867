using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.Streams;
using Waqtor.Cluster.Tests.Stores;
using Waqtor.Realtime;
using System.Collections.Concurrent;

namespace Waqtor.Cluster.Tests.Cluster;

/// <summary>Grains and API in processes of their own.</summary>
[Collection(StoreSuite.Name)]
public sealed class RolesTests(StoreServers stores)
{
    [Fact]
    public async Task ApiNodes_WithoutGrains_TakeAndAnswerByTheSilos()
    {
        await using var cluster = await ClusterUnderTest.StartAsync(stores, silos: 2, seconds: 1, apis: 2);
        using var client = await cluster.ConnectAsync();
        var hints = new ConcurrentQueue<TopicPage>();
        await client.Services.GetRequiredService<IClusterClient>().GetStreamProvider(TopicStreams.Provider)
            .GetStream<TopicPage>(StreamId.Create(TopicStreams.Namespace, "messages"))
            .SubscribeAsync((page, _) =>
            {
                hints.Enqueue(page);
                return Task.CompletedTask;
            });

        for (var i = 0; i < 20; i++) await cluster.WriteAsync($"5511930{i:D4}", $"r{i}");
        var batches = await cluster.DrainAsync(cluster.Nodes[^1].Client);

        batches.Count.ShouldBe(20);
        batches.ShouldAllBe(batch => batch.Status == "completed");
        using var refused = await cluster.Nodes[0].Client.GetAsync("/api/instances");
        ((int)refused.StatusCode).ShouldBe(404, "a silo has no API");

        // What was hinted at reaches listeners wherever they are, and the topic has all of it in one sequence.
        await Eventually.TrueAsync("a hint at the messages", TimeSpan.FromSeconds(20), () => Task.FromResult(!hints.IsEmpty));
        var topic = client.Services.GetRequiredService<IGrainFactory>().GetGrain<ITopicGrain>("messages");
        var newest = await topic.ReadAsync(null, 0, 1);
        var all = await topic.ReadAsync(newest.Epoch, 0, 1_000);
        hints.ShouldAllBe(page => page.Epoch == newest.Epoch);
        all.Recovered.ShouldBeTrue();
        all.Events.Select(one => one.Sequence).ShouldBe(Enumerable.Range(1, all.Events.Length).Select(number => (long)number));
    }
}
