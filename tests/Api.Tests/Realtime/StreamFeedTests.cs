using System.Net;
using System.Text;
using Waqtor.Api.Tests.Hosting;

namespace Waqtor.Api.Tests.Realtime;

public sealed class StreamFeedTests(FeedFixture fixture) : FeedConformance(fixture)
{
    private protected override string Transport => "sse";

    private protected override Task<FeedClient> OpenAsync(ApiHost node, string key) => Task.FromResult<FeedClient>(new StreamClient(node, key));

    private protected override async Task<IAsyncDisposable> OpenStalledAsync(ApiHost node)
    {
        var connection = new RawConnection(node.Address);
        await connection.WriteAsync($"GET /api/realtime/events?topics=messages HTTP/1.1\r\nHost: x\r\nX-API-Key: {ApiHost.AdminKey}\r\n\r\n");
        await connection.ReadStatusAsync();
        return StalledClient.Of(connection);
    }

    [Fact]
    public async Task Stream_Blocks_HaveTheCursorAsTheirId()
    {
        var client = await OpenStreamAsync("/api/realtime/events?topics=messages,session");
        await client.StandingAsync();
        await World.PublishAsync("messages", 2);
        await World.PublishAsync("session");
        var last = "";
        for (var i = 0; i < 3; i++) last = (await client.NextAsync()).GetProperty("id").GetString()!;

        lock (client.Blocks)
        {
            client.Blocks[0].ShouldContainKeyAndValue("retry", "2000");
            client.Blocks[1]["event"].ShouldBe("connected");
            var told = client.Blocks.Where(block => block.ContainsKey("data")).ToList();
            told.ShouldAllBe(block => block.ContainsKey("id") && block.ContainsKey("event"));
            told[^1]["id"].Split('|').ShouldContain(last);
            told[^1]["id"].Split('|').Length.ShouldBe(2);
            told[^1]["id"].ShouldMatch("^[A-Za-z0-9:|._-]+$");
        }
    }

    [Fact]
    public async Task Stream_LastEventIdOfTheQuery_GivesWayToTheHeader()
    {
        var before = await OpenStreamAsync("/api/realtime/events?topics=messages");
        await before.StandingAsync();
        await World.PublishAsync("messages", 3);
        var first = (await before.NextAsync()).GetProperty("id").GetString()!;
        var second = (await before.NextAsync()).GetProperty("id").GetString()!;

        var byQuery = await OpenStreamAsync($"/api/realtime/events?topics=messages&lastEventId={first}");
        (await byQuery.NumbersAsync(2)).ShouldBe([2, 3]);
        var byHeader = await OpenStreamAsync($"/api/realtime/events?topics=messages&lastEventId={first}", second);
        (await byHeader.NumbersAsync(1)).ShouldBe([3]);
    }

    [Theory]
    [InlineData("/api/realtime/jobs/42/stream", "job:42")]
    [InlineData("/api/realtime/analysis/a-1/stream", "analysis:a-1")]
    public async Task Stream_OfARoom_IsFollowed(string path, string room)
    {
        var client = await OpenStreamAsync(path);
        (await client.StandingAsync()).GetProperty("topics")[0].GetString().ShouldBe(room);
        await World.PublishAsync(room);
        (await client.NumbersAsync(1)).ShouldBe([1]);
    }

    [Fact]
    public async Task Stream_Silent_GetsAHeartbeat()
    {
        var client = await OpenStreamAsync("/api/realtime/events?topics=messages");
        await client.StandingAsync();
        await World.AdvanceAsync(16);
        await Eventually.HappensAsync(
            () =>
            {
                lock (client.Blocks) return client.Blocks.Exists(block => block.ContainsKey("comment"));
            },
            "a comment");
    }

    [Theory]
    [InlineData("", HttpStatusCode.BadRequest)]
    [InlineData("Messages", HttpStatusCode.BadRequest)]
    [InlineData("instance:nobodys", HttpStatusCode.Forbidden)]
    public async Task Stream_OfNoTopicThatIsToBeHad_IsAProblem(string topics, HttpStatusCode expected) =>
        (await World.Node.Client.GetAsync($"/api/realtime/events?topics={topics}")).StatusCode.ShouldBe(expected);

    [Fact]
    public async Task Stream_ThatCannotBeServedNow_Is200ThatSaysWhenToComeBack()
    {
        var node = await World.Server.AddNodeAsync(true, ("Realtime:ConnectionsMax", "1"));
        using var first = await node.Client.GetAsync("/api/realtime/events?topics=messages", HttpCompletionOption.ResponseHeadersRead);

        using var second = await node.Client.GetAsync("/api/realtime/events?topics=messages");

        second.StatusCode.ShouldBe(HttpStatusCode.OK);
        second.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        Encoding.UTF8.GetString(await second.Content.ReadAsByteArrayAsync()).ShouldBe("retry: 2000\n\n");
    }

    private async Task<StreamClient> OpenStreamAsync(string path, string? lastEventId = null)
    {
        var client = new StreamClient(World.Node, ApiHost.AdminKey);
        await KeepAsync(Task.FromResult(client));
        await client.OpenAsync(path, lastEventId);
        return client;
    }
}
