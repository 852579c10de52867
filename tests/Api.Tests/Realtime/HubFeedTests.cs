using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Waqtor.Api.Tests.Hosting;

namespace Waqtor.Api.Tests.Realtime;

public sealed class HubFeedTests(FeedFixture fixture) : FeedConformance(fixture)
{
    private const char RecordEnd = '\u001e';

    private protected override string Transport => "websocket";

    private protected override bool SaysThatItStops => false;

    private protected override async Task<FeedClient> OpenAsync(ApiHost node, string key) => await HubClient.ConnectAsync(node, key);

    private protected override Task<IAsyncDisposable> OpenStalledAsync(ApiHost node) => OpenStalledHubAsync(node);

    internal static Task<IAsyncDisposable> OpenStalledHubAsync(ApiHost node) => SocketFeedTests.OpenStalledAsync(
        node,
        "/hubs/events",
        $$"""{"protocol":"json","version":1}{{RecordEnd}}{"type":1,"target":"Subscribe","arguments":[["messages"],null],"invocationId":"1"}{{RecordEnd}}""",
        "\"invocationId\":\"1\"");

    [Theory]
    [InlineData("/hubs/status", "session,system", "system")]
    [InlineData("/hubs/campaigns", "campaigns", "campaigns")]
    [InlineData("/hubs/smartbot", "smartbot", "smartbot")]
    public async Task Hub_OfAnArea_ComesWithItsTopics(string hub, string topics, string topic)
    {
        var client = await KeepAsync(HubClient.ConnectAsync(World.Node, ApiHost.AdminKey, hub));
        var standing = await client.StandingAsync();
        string.Join(',', standing.GetProperty("topics").EnumerateArray().Select(one => one.GetString())).ShouldBe(topics);
        await World.PublishAsync(topic);
        (await client.NumbersAsync(1)).ShouldBe([1]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Subscribe_WithoutACursor_FollowsFromNowOn(bool isMessagePack)
    {
        var client = await KeepAsync(HubClient.ConnectAsync(World.Node, ApiHost.AdminKey, isMessagePack: isMessagePack));

        await client.Hub.InvokeAsync<object>("subscribe", new[] { "messages" });
        await Should.ThrowAsync<HubException>(() => client.Hub.InvokeAsync<object>("Subscribe"));
        await Should.ThrowAsync<HubException>(() => client.Hub.InvokeAsync<object>("Subscribe", "messages"));
        await Should.ThrowAsync<HubException>(() => client.Hub.InvokeAsync<object>("Subscribe", new[] { "messages" }, null, 1));

        await World.PublishAsync("messages");
        (await client.NumbersAsync(1)).ShouldBe([1]);
    }

    [Fact]
    public async Task Subscribe_WithACursor_IsAnsweredBeforeTheEventsFollow()
    {
        var before = await OpenAsync();
        var cursor = (await before.SubscribeAsync(["messages"])).GetProperty("cursor").GetString()!;
        await World.PublishAsync("messages", 3);
        await before.NumbersAsync(3);

        var raw = await SocketFeedTests.HearAsync(
            World.Node,
            "/hubs/events",
            $$"""{"protocol":"json","version":1}{{RecordEnd}}{"type":1,"target":"Subscribe","arguments":[["messages"],"{{cursor}}"],"invocationId":"1"}{{RecordEnd}}""",
            "evt_3");

        var said = raw.Split(RecordEnd, StringSplitOptions.RemoveEmptyEntries).Skip(1).ToList();
        said[0].ShouldContain("\"invocationId\":\"1\"");
        said[0].ShouldContain($"\"cursor\":\"{cursor}\"");
        said[1].ShouldContain("evt_1");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Subscribe_WithoutWaitingForItsAnswer_FollowsAllTheSame(bool isMessagePack)
    {
        var client = await KeepAsync(HubClient.ConnectAsync(World.Node, ApiHost.AdminKey, isMessagePack: isMessagePack));

        await client.Hub.SendAsync("Subscribe", new[] { "messages" });
        // Calls are taken in order: this one is answered after it.
        await client.Hub.InvokeAsync<object>("Ping");
        await Should.ThrowAsync<HubException>(async () => await client.Hub.StreamAsync<object>("Subscribe", new[] { "messages" }, null).GetAsyncEnumerator().MoveNextAsync());

        await World.PublishAsync("messages");
        (await client.NumbersAsync(1)).ShouldBe([1]);
    }
}
