using System.Net;
using NSubstitute;
using NSubstitute.ExceptionExtensions;
using Waqtor.Access;
using Waqtor.Api.Tests.Conversations;
using Waqtor.Api.Tests.Fakes;
using Waqtor.Api.Tests.Hosting;
using Waqtor.Archive;
using Waqtor.Conversations;
using Waqtor.Instances;

namespace Waqtor.Api.Tests.Queue;

public sealed class QueueApiTests
{
    [Fact]
    public async Task Stats_AreTheArchives()
    {
        var cluster = new FakeCluster().With("shop", ProviderKind.Generic);
        cluster.Archive.GetQueueStatsAsync(default, default, default, default).ReturnsForAnyArgs(
            new QueueStats { Pending = 3, InFlight = 2, OldestAgeSeconds = 4.5, Processed = 100, Retried = 7, Dead = 1 });
        await using var host = await ApiHost.StartAsync(cluster);
        var stats = await ApiHost.ReadAsync(await host.Client.GetAsync("/api/queue/stats?instance=shop"));
        stats.GetProperty("pending").GetInt64().ShouldBe(3);
        stats.GetProperty("inFlight").GetInt64().ShouldBe(2);
        stats.GetProperty("oldestAgeSeconds").GetDouble().ShouldBe(4.5);
        stats.GetProperty("processed").GetInt64().ShouldBe(100);
        stats.GetProperty("retried").GetInt64().ShouldBe(7);
        stats.GetProperty("dead").GetInt64().ShouldBe(1);
    }

    [Fact]
    public async Task Stats_OfNoInstance_Are404()
    {
        await using var host = await ApiHost.StartAsync();
        (await host.Client.GetAsync("/api/queue/stats?instance=nope")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await host.Client.GetAsync("/api/queue/stats")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Stats_ArchiveHasNoRoomForReaders_IsOverloaded()
    {
        var cluster = new FakeCluster();
        cluster.Archive.GetQueueStatsAsync(default, default, default, default).ThrowsAsyncForAnyArgs(new ArchiveBusyException());
        await using var host = await ApiHost.StartAsync(cluster);
        var answer = await host.Client.GetAsync("/api/queue/stats");
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter.ShouldNotBeNull();
        (await ApiHost.ReadAsync(answer)).GetProperty("code").GetString().ShouldBe("overloaded");
    }

    [Fact]
    public async Task Health_IsHealthyUntilSomethingIsLeftLying()
    {
        var cluster = new FakeCluster();
        await using var host = await ApiHost.StartAsync(cluster);
        (await ApiHost.ReadAsync(await host.Client.GetAsync("/api/queue/health"))).GetProperty("status").GetString().ShouldBe("healthy");
        cluster.Orphans.GetAsync().Returns(new OrphanReport(5, 2, DateTimeOffset.UnixEpoch));
        var health = await ApiHost.ReadAsync(await host.Client.GetAsync("/api/queue/health"));
        health.GetProperty("status").GetString().ShouldBe("degraded");
        health.GetProperty("orphans").GetProperty("lastRound").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task DeadLetter_IsListedReadReplayedAndDiscarded()
    {
        var (cluster, conversation) = Dead("bat_1", "bat_2");
        await using var host = await ApiHost.StartAsync(cluster);
        (await ApiHost.ReadAsync(await host.Client.GetAsync("/api/queue/dead-letters"))).GetProperty("items").GetArrayLength().ShouldBe(2);
        (await ApiHost.ReadAsync(await host.Client.GetAsync("/api/queue/dead-letters/bat_1"))).GetProperty("status").GetString().ShouldBe("dead");

        (await host.Client.PostAsync("/api/queue/dead-letters/bat_1/replay", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await host.Client.PostAsync("/api/queue/dead-letters/bat_1/replay", null)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await host.Client.DeleteAsync("/api/queue/dead-letters/bat_2")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await host.Client.DeleteAsync("/api/queue/dead-letters/bat_2")).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        conversation.Dead.ShouldBeEmpty();
    }

    [Fact]
    public async Task DeadLetters_OfAnInstance_AreReplayedAllPages()
    {
        var (cluster, conversation) = Dead("bat_1", "bat_2", "bat_3");
        var batches = new[] { "bat_1", "bat_2", "bat_3" }.Select(id => ConversationsApiTests.Batch(id, BatchStatus.Dead, conversation: conversation.Id)).ToArray();
        cluster.With("shop", ProviderKind.Sandbox);
        cluster.Archive.ListBatchesAsync(Arg.Is<BatchFilter>(filter => filter.Cursor == null), Arg.Any<CancellationToken>()).Returns(new Page<BatchRecord>([batches[0], batches[1]], "next"));
        cluster.Archive.ListBatchesAsync(Arg.Is<BatchFilter>(filter => filter.Cursor == "next"), Arg.Any<CancellationToken>()).Returns(new Page<BatchRecord>([batches[2]], null));
        await using var host = await ApiHost.StartAsync(cluster);
        (await ApiHost.ReadAsync(await host.Client.PostAsync("/api/queue/dead-letters/replay?instance=shop", null))).GetProperty("replayed").GetInt32().ShouldBe(3);
        (await host.Client.PostAsync("/api/queue/dead-letters/replay", null)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await host.Client.PostAsync("/api/queue/dead-letters/replay?instance=nobody", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task DeadLetter_OfAnotherInstanceOrNotDead_Is404()
    {
        var (cluster, _) = Dead("bat_1");
        cluster.Archive.GetBatchAsync("bat_done", Arg.Any<CancellationToken>()).Returns(ConversationsApiTests.Batch("bat_done", BatchStatus.Completed));
        await using var host = await ApiHost.StartAsync(cluster);
        using var client = await host.ClientAsync(Role.Operator, "other");
        (await client.GetAsync("/api/queue/dead-letters/bat_1")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await client.PostAsync("/api/queue/dead-letters/bat_1/replay", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await client.DeleteAsync("/api/queue/dead-letters/bat_1")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await host.Client.GetAsync("/api/queue/dead-letters/bat_done")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await host.Client.GetAsync("/api/queue/dead-letters/none")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static (FakeCluster, FakeConversation) Dead(params string[] ids)
    {
        var cluster = new FakeCluster();
        var conversation = cluster.Conversation("cnv_00000000-0000-8000-8000-000000000001");
        conversation.Dead.UnionWith(ids);
        var batches = ids.Select(id => ConversationsApiTests.Batch(id, BatchStatus.Dead, conversation: conversation.Id)).ToArray();
        cluster.Archive.ListBatchesAsync(default!, default).ReturnsForAnyArgs(new Page<BatchRecord>([.. batches], null));
        foreach (var batch in batches) cluster.Archive.GetBatchAsync(batch.Id, Arg.Any<CancellationToken>()).Returns(batch);
        return (cluster, conversation);
    }
}
