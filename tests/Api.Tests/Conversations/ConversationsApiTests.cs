using System.Net;
using System.Text;
using NSubstitute;
using Waqtor.Access;
using Waqtor.Api.Tests.Fakes;
using Waqtor.Api.Tests.Hosting;
using Waqtor.Archive;
using Waqtor.Conversations;
using Waqtor.Instances;
using Waqtor.Messages;
using Waqtor.TestKit.Time;

namespace Waqtor.Api.Tests.Conversations;

public sealed class ConversationsApiTests
{
    private static (FakeCluster Cluster, FakeConversation Conversation) Shop()
    {
        var cluster = new FakeCluster().With("shop", ProviderKind.Generic);
        var conversation = cluster.ConversationOf("shop", "201000000001");
        (conversation.Known, conversation.Instance) = (true, "shop");
        return (cluster, conversation);
    }

    [Fact]
    public async Task List_HandsItsFiltersToTheArchive()
    {
        var (cluster, _) = Shop();
        await using var host = await ApiHost.StartAsync(cluster);
        using var client = await host.ClientAsync(Role.Viewer, "shop", "b");
        await client.GetAsync("/api/conversations?instance=shop&search=sara&unread=true&paused=false&phone=%2B20%20100-000-0001&cursor=c&limit=7");
        await cluster.Archive.Received().ListConversationsAsync(
            Arg.Is<ConversationFilter>(filter => filter.Instance == "shop" && filter.Search == "sara" && filter.Unread == true && filter.Paused == false
                && filter.Phone == "201000000001" && filter.Cursor == "c" && filter.Limit == 7 && filter.AllowedInstances!.Count == 2),
            Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task Get_ShowsWhatTheGrainKnows()
    {
        var (cluster, conversation) = Shop();
        conversation.Batches = [Batch("bat_1", BatchStatus.Processing)];
        await using var host = await ApiHost.StartAsync(cluster);
        var detail = await ApiHost.ReadAsync(await host.Client.GetAsync($"/api/conversations/{conversation.Id}"));
        detail.GetProperty("id").GetString().ShouldBe(conversation.Id);
        detail.GetProperty("instance").GetString().ShouldBe("shop");
        detail.GetProperty("contact").GetProperty("phone").GetString().ShouldBe("201000000001");
        detail.GetProperty("batches").EnumerateArray().ShouldHaveSingleItem().GetProperty("status").GetString().ShouldBe("processing");
    }

    [Fact]
    public async Task Get_ByPhone_FindsTheSame()
    {
        var (cluster, conversation) = Shop();
        await using var host = await ApiHost.StartAsync(cluster);
        var detail = await ApiHost.ReadAsync(await host.Client.GetAsync("/api/conversations/by-phone?instance=shop&phone=%2B201000000001"));
        detail.GetProperty("id").GetString().ShouldBe(conversation.Id);
        (await host.Client.GetAsync("/api/conversations/by-phone?instance=shop&phone=209999999999")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await host.Client.GetAsync("/api/conversations/by-phone?instance=none&phone=209999999999")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Get_Moved_ShowsWhereItLives()
    {
        var (cluster, conversation) = Shop();
        var target = cluster.Conversation("cnv_00000000-0000-8000-8000-000000000001");
        (target.Known, target.Instance) = (true, "shop");
        conversation.MovedTo = target.Id;
        await using var host = await ApiHost.StartAsync(cluster);
        (await ApiHost.ReadAsync(await host.Client.GetAsync($"/api/conversations/{conversation.Id}"))).GetProperty("id").GetString().ShouldBe(target.Id);
    }

    [Fact]
    public async Task History_OfOneThatMoved_IsItsOwn_AndReadClearsBoth()
    {
        var (cluster, conversation) = Shop();
        var target = cluster.Conversation("cnv_00000000-0000-8000-8000-000000000001");
        (target.Known, target.Instance) = (true, "shop");
        conversation.Messages.Add(new InboundMessage { ProviderMessageId = "m1", Contact = new ContactIdentity { Phone = "201000000001" }, Kind = MessageKind.Text });
        conversation.MovedTo = target.Id;
        await using var host = await ApiHost.StartAsync(cluster);

        await host.Client.GetAsync($"/api/conversations/{conversation.Id}/messages");
        await host.Client.GetAsync($"/api/conversations/{conversation.Id}/batches");
        await cluster.Archive.Received().ListMessagesAsync(Arg.Is<MessageFilter>(filter => filter.ConversationId == conversation.Id), Arg.Any<CancellationToken>());
        await cluster.Archive.Received().ListBatchesAsync(Arg.Is<BatchFilter>(filter => filter.ConversationId == conversation.Id), Arg.Any<CancellationToken>());

        (await host.Client.PostAsync($"/api/conversations/{conversation.Id}/read", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        conversation.Calls.ShouldBe(["read"]);
        target.Calls.ShouldBe(["read"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/messages")]
    [InlineData("/batches")]
    public async Task Conversation_OfAnotherInstanceOrNone_Is404(string what)
    {
        var (cluster, conversation) = Shop();
        await using var host = await ApiHost.StartAsync(cluster);
        using var client = await host.ClientAsync(Role.Viewer, "other");
        (await client.GetAsync($"/api/conversations/{conversation.Id}{what}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await host.Client.GetAsync($"/api/conversations/cnv_00000000-0000-8000-8000-00000000dead{what}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await host.Client.GetAsync($"/api/conversations/nonsense{what}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Acts_ReachTheGrain()
    {
        var clock = new ManualTimeProvider();
        var cluster = new FakeCluster(clock).With("shop", ProviderKind.Generic);
        var conversation = cluster.ConversationOf("shop", "201000000001");
        (conversation.Known, conversation.Instance) = (true, "shop");
        await using var host = await ApiHost.StartAsync(cluster);
        var path = $"/api/conversations/{conversation.Id}";
        (await host.Client.PostAsync($"{path}/pause", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await host.Client.PostAsync($"{path}/pause", Json("""{"minutes":30}"""))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await host.Client.PostAsync($"{path}/resume", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await host.Client.PostAsync($"{path}/read", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ApiHost.ReadAsync(await host.Client.PostAsync($"{path}/flush", null))).GetProperty("batchId").GetString().ShouldBe("bat_1");
        conversation.Calls.ShouldBe(["pause ", $"pause {clock.GetUtcNow().AddMinutes(30):O}", "resume", "read", "flush"]);
    }

    [Fact]
    public async Task Pause_UntilATimeOfAnotherZone_ReachesTheGrainAsUtc()
    {
        var (cluster, conversation) = Shop();
        await using var host = await ApiHost.StartAsync(cluster);
        var until = cluster.Clock.GetUtcNow().AddHours(1);
        var body = Json($$"""{"until":"{{until.ToOffset(TimeSpan.FromHours(3)):O}}"}""");
        (await host.Client.PostAsync($"/api/conversations/{conversation.Id}/pause", body)).StatusCode.ShouldBe(HttpStatusCode.OK);
        conversation.Calls.ShouldBe([$"pause {until:O}"]);
    }

    [Theory]
    [InlineData("""{"minutes":0}""")]
    [InlineData("""{"until":"2001-01-01T00:00:00Z"}""")]
    [InlineData("""{"until":"9999-12-31T23:59:59Z"}""")]
    [InlineData("""{"minutes":5,"until":"2999-01-01T00:00:00Z"}""")]
    public async Task Pause_NotValid_Is400(string body)
    {
        var (cluster, conversation) = Shop();
        await using var host = await ApiHost.StartAsync(cluster);
        (await host.Client.PostAsync($"/api/conversations/{conversation.Id}/pause", Json(body))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Messages_AreReadInTheOrderAskedFor()
    {
        var (cluster, conversation) = Shop();
        await using var host = await ApiHost.StartAsync(cluster);
        await host.Client.GetAsync($"/api/conversations/{conversation.Id}/messages");
        await host.Client.GetAsync($"/api/conversations/{conversation.Id}/messages?order=asc");
        await cluster.Archive.Received(1).ListMessagesAsync(Arg.Is<MessageFilter>(filter => !filter.Ascending && filter.ConversationId == conversation.Id), Arg.Any<CancellationToken>());
        await cluster.Archive.Received(1).ListMessagesAsync(Arg.Is<MessageFilter>(filter => filter.Ascending), Arg.Any<CancellationToken>());
        (await host.Client.GetAsync($"/api/conversations/{conversation.Id}/messages?order=up")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Batches_AreTheArchivesWithTheGrainsOwnOverThem()
    {
        var (cluster, conversation) = Shop();
        conversation.Batches = [Batch("bat_2", BatchStatus.Processing) with { Attempts = 2, Version = 9 }, Batch("bat_3", BatchStatus.Processing)];
        cluster.Archive.ListBatchesAsync(default!, default).ReturnsForAnyArgs(new Page<BatchRecord>([Batch("bat_1", BatchStatus.Completed), Batch("bat_2", BatchStatus.Processing)], null));
        await using var host = await ApiHost.StartAsync(cluster);

        var page = await ApiHost.ReadAsync(await host.Client.GetAsync($"/api/conversations/{conversation.Id}/batches"));

        var items = page.GetProperty("items").EnumerateArray().ToList();
        items.Select(item => item.GetProperty("id").GetString()).ShouldBe(["bat_1", "bat_2", "bat_3"]);
        items[1].GetProperty("attempts").GetInt32().ShouldBe(2);
        foreach (var name in new[] { "id", "messageIds", "providerMessageIds", "openedAt", "dueAt", "flushedAt", "reason", "status", "attempts", "completedAt", "error" })
        {
            items[0].TryGetProperty(name, out _).ShouldBeTrue(name);
        }

        items[0].GetProperty("reason").GetString().ShouldBe("due");
    }

    [Fact]
    public async Task Batches_JustEnded_AreWaitedForUntilTheArchiveKnows()
    {
        var (cluster, conversation) = Shop();
        var stale = new Page<BatchRecord>([Batch("bat_1", BatchStatus.Processing)], null);
        var fresh = new Page<BatchRecord>([Batch("bat_1", BatchStatus.Completed)], null);
        cluster.Archive.ListBatchesAsync(default!, default).ReturnsForAnyArgs(stale, stale, fresh);
        await using var host = await ApiHost.StartAsync(cluster);
        var page = await ApiHost.ReadAsync(await host.Client.GetAsync($"/api/conversations/{conversation.Id}/batches"));
        page.GetProperty("items")[0].GetProperty("status").GetString().ShouldBe("completed");
    }

    internal static BatchRecord Batch(string id, BatchStatus status, string instance = "shop", string conversation = "cnv_1") => new()
    {
        Id = id,
        Instance = instance,
        ConversationId = conversation,
        MessageIds = ["msg_1"],
        ProviderMessageIds = ["m1"],
        OpenedAt = DateTimeOffset.UnixEpoch,
        DueAt = DateTimeOffset.UnixEpoch.AddSeconds(8),
        FlushedAt = DateTimeOffset.UnixEpoch.AddSeconds(8),
        Reason = BatchReason.Due,
        Status = status,
        Attempts = 1,
    };

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
