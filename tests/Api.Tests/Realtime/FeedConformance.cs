using System.Text.Json;
using Waqtor.Access;
using Waqtor.Api.Realtime;
using Waqtor.Api.Tests.Hosting;
using Waqtor.Events;

namespace Waqtor.Api.Tests.Realtime;

/// <summary>What every transport of the feed promises; each runs all of it.</summary>
public abstract class FeedConformance(FeedFixture fixture) : IClassFixture<FeedFixture>, IAsyncLifetime
{
    private readonly List<IAsyncDisposable> _open = [];

    private protected FeedWorld World { get; } = fixture.World;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var one in _open) await one.DisposeAsync();
        await World.ResetAsync();
    }

    /// <summary>As the publisher names it.</summary>
    private protected abstract string Transport { get; }

    /// <summary>A client that subscribes to <c>messages</c> and never reads what it is sent.</summary>
    private protected abstract Task<IAsyncDisposable> OpenStalledAsync(ApiHost node);

    // SignalR ends its connections by itself when the server stops, at times before our last word.
    private protected virtual bool SaysThatItStops => true;

    private protected abstract Task<FeedClient> OpenAsync(ApiHost node, string key);

    private protected Task<FeedClient> OpenAsync(string? key = null, ApiHost? node = null) => KeepAsync(OpenAsync(node ?? World.Node, key ?? ApiHost.AdminKey));

    private protected async Task<TClient> KeepAsync<TClient>(Task<TClient> opening) where TClient : FeedClient
    {
        var client = await opening;
        _open.Add(client);
        return client;
    }

    [Fact]
    public async Task Events_Published_ArriveInOrderInOneEnvelope()
    {
        var client = await OpenAsync();
        var standing = await client.SubscribeAsync(["messages"]);
        standing.GetProperty("topics").EnumerateArray().Select(one => one.GetString()).ShouldBe(["messages"]);
        standing.GetProperty("recovered").GetBoolean().ShouldBeFalse();

        await World.PublishAsync("messages", 50);

        var first = await client.NextAsync();
        first.GetProperty("topic").GetString().ShouldBe("messages");
        first.GetProperty("event").GetString().ShouldBe("message.received");
        first.GetProperty("eventId").GetString().ShouldBe("evt_1");
        first.GetProperty("id").GetString()!.ShouldMatch("^messages\\.[0-9a-f]{16}\\.1$");
        first.GetProperty("payload").GetProperty("number").GetInt32().ShouldBe(1);
        first.GetProperty("timestamp").GetDateTimeOffset().ShouldBe(World.Server.Grains.Clock.GetUtcNow());
        first.TryGetProperty("priority", out _).ShouldBeFalse();
        (await client.NumbersAsync(49)).ShouldBe(Enumerable.Range(2, 49));
    }

    [Fact]
    public async Task Event_OfHighPriority_SaysSo()
    {
        var client = await OpenAsync();
        await client.SubscribeAsync(["system"]);

        await World.PublishAsync("system", name: EventNames.SystemError);

        (await client.NextAsync()).GetProperty("priority").GetString().ShouldBe("high");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(60)]
    [InlineData(650)]
    public async Task Reader_WhoWasAwayFor_MissesNothingAndGetsNothingTwice(int missed)
    {
        var before = await OpenAsync();
        await before.SubscribeAsync(["messages"]);
        await World.PublishAsync("messages", 30);
        await before.NumbersAsync(30);
        await before.DisposeAsync();
        await World.PublishAsync("messages", missed);

        var after = await OpenAsync();
        var standing = await after.SubscribeAsync(["messages"], before.Cursor);
        await World.PublishAsync("messages", 3);

        standing.GetProperty("recovered").GetBoolean().ShouldBeTrue();
        (await after.NumbersAsync(missed + 3)).ShouldBe(Enumerable.Range(31, missed + 3));
        after.HasNext.ShouldBeFalse();
    }

    [Fact]
    public async Task Reader_WhoComesBackToAnotherNode_MissesNothing()
    {
        var before = await OpenAsync();
        await before.SubscribeAsync(["messages"]);
        await World.PublishAsync("messages", 5);
        await before.NumbersAsync(3);
        var cursor = before.Cursor;
        await before.DisposeAsync();
        await World.PublishAsync("messages", 5);

        var other = await World.Server.AddNodeAsync();
        var after = await OpenAsync(node: other);
        (await after.SubscribeAsync(["messages"], cursor)).GetProperty("recovered").GetBoolean().ShouldBeTrue();

        var first = (await after.NumbersAsync(1))[0];
        (await after.NumbersAsync(10 - first)).ShouldBe(Enumerable.Range(first + 1, 10 - first));
    }

    [Fact]
    public async Task Reader_WhoWasAwayForTooLong_IsToldToFetchAfresh()
    {
        var before = await OpenAsync();
        await before.SubscribeAsync(["messages"]);
        await World.PublishAsync("messages");
        await before.NumbersAsync(1);
        await before.DisposeAsync();
        await World.PublishAsync("messages", 705);

        var after = await OpenAsync();
        var standing = await after.SubscribeAsync(["messages"], before.Cursor);
        await World.PublishAsync("messages");

        standing.GetProperty("recovered").GetBoolean().ShouldBeFalse();
        (await after.NumbersAsync(1)).ShouldBe([707]);
    }

    [Fact]
    public async Task Reader_OfAnotherEpoch_IsToldToFetchAfresh()
    {
        var before = await OpenAsync();
        await before.SubscribeAsync(["messages"]);
        await World.PublishAsync("messages", 5);
        await before.NumbersAsync(5);
        await before.DisposeAsync();
        await World.Server.Grains.DeactivateAsync(World.Topic("messages"));

        var after = await OpenAsync();
        var standing = await after.SubscribeAsync(["messages"], before.Cursor);
        await World.PublishAsync("messages", 2);

        standing.GetProperty("recovered").GetBoolean().ShouldBeFalse();
        (await after.NumbersAsync(2)).ShouldBe([6, 7]);
    }

    [Fact]
    public async Task Epoch_ThatChangesUnderAConnection_IsToldAndItGoesOn()
    {
        var client = await OpenAsync();
        await client.SubscribeAsync(["messages"]);
        await World.PublishAsync("messages");
        await client.NumbersAsync(1);
        await World.Server.Grains.DeactivateAsync(World.Topic("messages"));

        await World.PublishAsync("messages", 2);

        var standing = await client.StandingAsync();
        standing.GetProperty("recovered").GetBoolean().ShouldBeFalse();
        standing.GetProperty("topics")[0].GetString().ShouldBe("messages");
        (await client.NumbersAsync(2)).ShouldBe([2, 3]);
    }

    [Fact]
    public async Task Hints_Lost_AreMadeUpForWithinSeconds()
    {
        var deaf = await World.Server.AddNodeAsync(hasHints: false);
        var client = await OpenAsync(node: deaf);
        await client.SubscribeAsync(["messages"]);

        await World.PublishAsync("messages", 3);
        await World.AdvanceAsync(7);

        (await client.NumbersAsync(3)).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task Topics_OfOneConnection_HaveOneCursor()
    {
        var before = await OpenAsync();
        await before.SubscribeAsync(["messages", "session", "instance:shop"]);
        await World.PublishAsync("messages", 2);
        await World.PublishAsync("session", 3);
        await before.NumbersAsync(5);
        await before.DisposeAsync();
        await World.PublishAsync("session");
        await World.PublishAsync("instance:shop");
        await World.PublishAsync("messages");

        var after = await OpenAsync();
        (await after.SubscribeAsync(["messages", "session", "instance:shop"], before.Cursor)).GetProperty("recovered").GetBoolean().ShouldBeTrue();

        (await after.NumbersAsync(3)).Order().ShouldBe([6, 7, 8]);
    }

    [Fact]
    public async Task Reader_OfTwoTopicsCutAfterAnyEventOfABurst_MissesNothing()
    {
        string[] topics = ["messages", "session"];
        var before = await OpenAsync();
        await before.SubscribeAsync(topics);
        var published = await Task.WhenAll(
            World.PublishBurstAsync("messages", 6), World.PublishBurstAsync("session", 6), World.PublishBurstAsync("messages", 6), World.PublishBurstAsync("session", 6));
        var missing = published.SelectMany(numbers => numbers).ToList();
        var count = missing.Count;

        for (var heard = 1; heard <= count; heard++)
        {
            var told = await before.NextAsync();
            missing.Remove(told.GetProperty("payload").GetProperty("number").GetInt32()).ShouldBeTrue();
            var cursor = before.CursorAfter(told);
            cursor.Split('|').ShouldContain(told.GetProperty("id").GetString()!);

            await using var after = await OpenAsync(World.Node, ApiHost.AdminKey);
            (await after.SubscribeAsync(topics, cursor)).GetProperty("recovered").GetBoolean().ShouldBeTrue();
            (await after.NumbersAsync(missing.Count)).Order().ShouldBe(missing.Order());
        }
    }

    [Fact]
    public async Task Cursor_OfSomebodyElsesMaking_IsNoCursor()
    {
        var client = await OpenAsync();

        var standing = await client.SubscribeAsync(["messages"], "x|messages..1|messages.abc.-1|messages.0123456789abcdef.999|||");
        await World.PublishAsync("messages");

        standing.GetProperty("recovered").GetBoolean().ShouldBeFalse();
        (await client.NumbersAsync(1)).ShouldBe([1]);
    }

    [Fact]
    public async Task KeyOfAnInstance_InTopicsThatSpanInstances_SeesItsOwnEventsAlone()
    {
        var (key, _) = await World.KeyAsync(Role.Viewer, null, "shop");
        var client = await OpenAsync(key);
        await client.SubscribeAsync(["messages", "job:7"]);

        await World.PublishAsync("messages", instance: "other");
        await World.PublishAsync("messages", instance: "");
        await World.PublishAsync("messages", instance: "shop");
        await World.PublishAsync("job:7", instance: "");
        await World.PublishAsync("job:7", instance: "shop");

        (await client.NumbersAsync(2)).Order().ShouldBe([3, 5]);
        client.HasNext.ShouldBeFalse();
    }

    [Theory]
    [InlineData("instance:other")]
    [InlineData("Instance:other")]
    [InlineData("instance:Other")]
    [InlineData("instance: other")]
    [InlineData("instance:other ")]
    [InlineData("instance:%6fther")]
    [InlineData("instance:other.")]
    [InlineData("instance::other")]
    [InlineData("instance:оther")]
    [InlineData("queue:other")]
    [InlineData("user:admin")]
    [InlineData("everyone")]
    [InlineData("connection")]
    [InlineData("*")]
    [InlineData("conversation:cnv_01890000-0000-8000-8000-000000000000")]
    public async Task KeyOfAnInstance_TopicOfAnother_IsRefusedHoweverItIsWritten(string topic)
    {
        var (key, _) = await World.KeyAsync(Role.Admin, null, "shop");
        var client = await OpenAsync(key);

        var standing = await client.SubscribeAsync(["messages", topic]);
        await World.PublishAsync("instance:other", instance: "other");
        await World.PublishAsync("queue:other", instance: "other");
        await World.PublishAsync("messages");

        standing.GetProperty("topics").EnumerateArray().Select(one => one.GetString()).ShouldBe(["messages"]);
        standing.GetProperty("refused").EnumerateObject().Count().ShouldBe(1);
        (await client.NumbersAsync(1)).ShouldBe([3]);
        client.HasNext.ShouldBeFalse();
    }

    [Fact]
    public async Task Everyone_ByName_IsRefusedHoweverOftenItIsAskedFor()
    {
        var client = await OpenAsync();
        await client.SubscribeAsync(["messages"]);

        // A stream's second subscription is another stream.
        var standing = await client.SubscribeAsync(["messages", "everyone"]);

        standing.GetProperty("topics").EnumerateArray().Select(one => one.GetString()).ShouldBe(["messages"]);
        standing.GetProperty("refused").GetProperty("everyone").GetString().ShouldBe("unknown_topic");
    }

    [Fact]
    public async Task RoomOfAConversation_TellsItsEventsAlone_AndResumes()
    {
        var mine = await World.WriteAsync("shop", "15550001111", "hello");
        var topic = $"conversation:{mine}";
        var before = await OpenAsync();
        await before.SubscribeAsync([topic]);
        await World.PublishAsync("instance:shop", conversation: "cnv_another");
        await World.PublishAsync("instance:shop", conversation: mine);
        var told = await before.NextAsync();
        told.GetProperty("topic").GetString().ShouldBe(topic);
        told.GetProperty("payload").GetProperty("number").GetInt32().ShouldBe(2);
        await before.DisposeAsync();
        await World.PublishAsync("instance:shop", 30, conversation: "cnv_another");
        await World.PublishAsync("instance:shop", conversation: mine);

        var after = await OpenAsync();
        (await after.SubscribeAsync([topic], before.Cursor)).GetProperty("recovered").GetBoolean().ShouldBeTrue();

        (await after.NumbersAsync(1)).ShouldBe([33]);
    }

    [Fact]
    public async Task RoomOfAConversation_OfAnotherInstance_IsRefused()
    {
        var theirs = await World.WriteAsync("other", "15550001111", "hello");
        var (key, _) = await World.KeyAsync(Role.Operator, null, "shop");
        var client = await OpenAsync(key);

        var standing = await client.SubscribeAsync(["messages", $"conversation:{theirs}"]);

        standing.GetProperty("refused").GetProperty($"conversation:{theirs}").GetString().ShouldBe("forbidden");
    }

    [Fact]
    public async Task Rooms_BeyondTheLimit_AreRefused()
    {
        var client = await OpenAsync();

        var standing = await client.SubscribeAsync(["messages", .. Enumerable.Range(1, 12).Select(i => $"job:{i}")]);

        standing.GetProperty("topics").GetArrayLength().ShouldBe(11);
        standing.GetProperty("refused").EnumerateObject().Select(one => (one.Name, one.Value.GetString()))
            .ShouldBe([("job:11", "too_many_rooms"), ("job:12", "too_many_rooms")]);
    }

    [Fact]
    public async Task Key_Revoked_StopsWithinFiveSeconds()
    {
        var (key, id) = await World.KeyAsync(Role.Viewer);
        var client = await OpenAsync(key);
        await client.SubscribeAsync(["messages"]);

        await World.Server.Grains.Grains.GetGrain<IApiKeyDirectoryGrain>(0).RevokeAsync(id);
        await World.AdvanceAsync(4);

        (await client.WordAsync()).GetProperty("payload").GetProperty("reason").GetString().ShouldBe("revoked");
        await client.ClosedAsync();
        await World.PublishAsync("messages");
        client.HasNext.ShouldBeFalse();
    }

    [Fact]
    public async Task Key_Expired_StopsWithinFiveSeconds()
    {
        var (key, _) = await World.KeyAsync(Role.Viewer, World.Server.Grains.Clock.GetUtcNow().AddMinutes(1));
        var client = await OpenAsync(key);
        await client.SubscribeAsync(["messages"]);

        await World.AdvanceAsync(64);

        await client.ClosedAsync();
    }

    [Fact]
    public async Task Node_Stopping_SaysSoAndWhereToGoOn()
    {
        var node = await World.Server.AddNodeAsync();
        var client = await OpenAsync(node: node);
        await client.SubscribeAsync(["messages"]);
        await World.PublishAsync("messages", 2);
        await client.NumbersAsync(2);

        var stopping = node.StopAsync();
        await client.ClosedAsync();
        await stopping;

        if (!SaysThatItStops) return;
        var word = await client.WordAsync();
        word.GetProperty("event").GetString().ShouldBe("disconnected");
        word.GetProperty("payload").GetProperty("reason").GetString().ShouldBe("stopping");
        word.GetProperty("payload").GetProperty("cursor").GetString().ShouldBe(client.Cursor);
    }

    [Fact]
    public async Task Reader_WhoDoesNotRead_DelaysNobodyAndIsSentAway()
    {
        var node = await World.Server.AddNodeAsync(true, ("Realtime:QueueBytesMax", "262144"), ("Realtime:QueueBytesMaxHighPriority", "524288"));
        var stalled = await OpenStalledAsync(node);
        _open.Add(stalled);
        var client = await OpenAsync(node: node);
        await client.SubscribeAsync(["messages"]);
        var all = node.Get<FeedConnections>().All.ToList();
        all.Count.ShouldBe(2);

        // Far more than the sockets' own buffers take.
        for (var number = 1; number <= 400; number++)
        {
            await World.PublishAsync("messages", padding: 60_000);
            (await client.NumbersAsync(1)).ShouldBe([number]);
        }

        all.Count(one => one.Reason == "slow_reader").ShouldBe(1);
        all.Max(one => one.QueueBytes).ShouldBeLessThan(400_000);
        await World.AdvanceAsync(7);
        await Eventually.HappensAsync(() => node.Get<FeedConnections>().Count == 1, "the slow reader's end");
    }

    [Theory]
    [InlineData("everyone", "everyone")]
    [InlineData(null, "everyone")]
    [InlineData("notifications", "notifications")]
    [InlineData("job:7", "job:7")]
    [InlineData("user:admin", "user:admin")]
    public async Task Publisher_ReachesItsTarget(string? target, string topic)
    {
        var client = await OpenAsync();
        await client.SubscribeAsync(["messages", "notifications", "job:7", "user:admin"]);

        var other = Transport == "sse" ? "websocket" : "sse";
        await TestAsync(new { eventType = "system:info", payload = new { number = 1 }, target, transport = other });
        await TestAsync(new { eventType = "system:info", payload = new { number = 2 }, target, transport = Transport });
        await TestAsync(new { eventType = "system:info", payload = new { number = 3 }, target });

        var told = await client.NextAsync();
        told.GetProperty("topic").GetString().ShouldBe(topic);
        told.GetProperty("event").GetString().ShouldBe("system:info");
        told.GetProperty("payload").GetProperty("number").GetInt32().ShouldBe(2);
        (await client.NumbersAsync(1)).ShouldBe([3]);
    }

    [Fact]
    public async Task Publisher_LineOfALog_ReachesTheRoomOfItsJob()
    {
        var client = await OpenAsync();
        await client.SubscribeAsync(["job:7"]);

        await TestAsync(new { eventType = "log", payload = "12:00 line\n one", target = "job:7" });

        var told = await client.NextAsync();
        told.GetProperty("event").GetString().ShouldBe("log");
        told.GetProperty("payload").GetProperty("line").GetString().ShouldBe("12:00 line\n one");
    }

    [Fact]
    public async Task Reader_OfFewEventsAmongMany_IsToldWhereItStands()
    {
        var (key, _) = await World.KeyAsync(Role.Viewer, null, "shop");
        var before = await OpenAsync(key);
        await before.SubscribeAsync(["messages"]);
        await World.PublishAsync("messages", 150, instance: "other");
        await World.PublishAsync("messages");
        await before.NumbersAsync(1);
        await World.PublishAsync("messages", 650, instance: "other");
        await Eventually.HappensAsync(() => World.Node.Get<FeedTopics>().Find("messages")!.Settled!.Value.Sequence == 801, "the events on the node");
        await World.AdvanceAsync(31);
        (await before.StandingAsync()).GetProperty("recovered").GetBoolean().ShouldBeTrue();
        await before.DisposeAsync();
        await World.PublishAsync("messages", 600, instance: "other");
        await World.PublishAsync("messages");

        var after = await OpenAsync(key);
        (await after.SubscribeAsync(["messages"], before.Cursor)).GetProperty("recovered").GetBoolean().ShouldBeTrue();

        (await after.NumbersAsync(1)).ShouldBe([1_402]);
    }

    private async Task TestAsync(object request)
    {
        using var body = new StringContent(JsonSerializer.Serialize(request), System.Text.Encoding.UTF8, "application/json");
        (await World.Node.Client.PostAsync("/api/realtime/test", body)).EnsureSuccessStatusCode();
    }
}
