using System.Net;
using System.Net.WebSockets;
using System.Text;
using Waqtor.Access;
using Waqtor.Api.Realtime;
using Waqtor.Api.Tests.Hosting;

namespace Waqtor.Api.Tests.Realtime;

public sealed class MonitorTests(FeedFixture fixture) : IClassFixture<FeedFixture>
{
    private FeedWorld World { get; } = fixture.World;

    [Fact]
    public async Task Monitor_OfOpenConnections_ShowsThem()
    {
        await using var socket = await SocketClient.ConnectAsync(World.Node, ApiHost.AdminKey);
        await socket.SubscribeAsync(["messages", "instance:shop"]);
        await using var stream = new StreamClient(World.Node, ApiHost.AdminKey);
        await stream.SubscribeAsync(["session"]);
        await World.PublishAsync("messages");
        await socket.NumbersAsync(1);

        var stats = await ApiHost.ReadAsync(await World.Node.Client.GetAsync("/api/realtime/stats"));
        stats.GetProperty("websocket").GetProperty("totalConnections").GetInt32().ShouldBe(1);
        stats.GetProperty("websocket").GetProperty("rooms").GetInt32().ShouldBe(1);
        stats.GetProperty("sse").GetProperty("rooms").GetInt32().ShouldBe(0);
        stats.GetProperty("sse").GetProperty("totalClients").GetInt32().ShouldBe(1);
        stats.GetProperty("sse").GetProperty("users").GetInt32().ShouldBe(1);

        var monitor = await ApiHost.ReadAsync(await World.Node.Client.GetAsync("/api/ws-monitor"));
        var shown = monitor.GetProperty("connections").EnumerateArray().Single(one => one.GetProperty("transport").GetString() == "websocket");
        shown.GetProperty("ip").GetString().ShouldBe("127.0.0.1");
        shown.GetProperty("keyId").GetString().ShouldBe("admin");
        shown.GetProperty("events").GetInt64().ShouldBe(1);
        shown.GetProperty("topics").GetArrayLength().ShouldBe(2);
        monitor.GetProperty("messages").GetProperty("written").GetInt64().ShouldBeGreaterThan(0);
        monitor.GetProperty("memory").GetProperty("workingSet").GetInt64().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Hub_ThatOnlyPings_IsHeard()
    {
        using var hub = new ClientWebSocket();
        hub.Options.SetRequestHeader("X-API-Key", ApiHost.AdminKey);
        await hub.ConnectAsync(new Uri($"ws://{World.Node.Address.Authority}/hubs/events"), CancellationToken.None);
        await SayAsync("""{"protocol":"json","version":1}""");
        await Eventually.HappensAsync(() => LastHeardSeconds(FeedTransport.SignalR) is not null, "the hub's connection");
        await World.AdvanceAsync(20);
        LastHeardSeconds(FeedTransport.SignalR)!.Value.ShouldBeGreaterThan(19);

        await SayAsync("""{"type":6}""");

        await Eventually.HappensAsync(() => LastHeardSeconds(FeedTransport.SignalR) < 1, "the ping to be heard");
        hub.Abort();
        await Eventually.HappensAsync(() => World.Node.Get<FeedConnections>().Count == 0, "the hub's end");

        Task SayAsync(string text) => hub.SendAsync(Encoding.UTF8.GetBytes(text + '\u001e'), WebSocketMessageType.Text, true, CancellationToken.None);
    }

    [Fact]
    public async Task Socket_ThatOnlyAnswersPings_IsHeard()
    {
        using var socket = new RawConnection(World.Node.Address);
        await socket.WriteAsync(
            $"GET /ws HTTP/1.1\r\nHost: x\r\nX-API-Key: {ApiHost.AdminKey}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        (await socket.ReadStatusAsync()).ShouldContain("101");
        await Eventually.HappensAsync(() => LastHeardSeconds(FeedTransport.WebSocket) is not null, "the socket's connection");
        await World.AdvanceAsync(20);
        LastHeardSeconds(FeedTransport.WebSocket)!.Value.ShouldBeGreaterThan(19);

        // A pong without content, masked as a client's must be.
        await socket.WriteAsync([0x8a, 0x80, 1, 2, 3, 4]);

        await Eventually.HappensAsync(() => LastHeardSeconds(FeedTransport.WebSocket) < 1, "the pong to be heard");
        socket.Dispose();
        await Eventually.HappensAsync(() => World.Node.Get<FeedConnections>().Count == 0, "the socket's end");
    }

    [Fact]
    public async Task Health_OfANodeThatWorks_IsHealthy()
    {
        var health = await ApiHost.ReadAsync(await World.Node.Client.GetAsync("/api/realtime/health"));
        health.GetProperty("status").GetString().ShouldBe("healthy");
        health.GetProperty("transports").EnumerateObject().Select(one => one.Name).ShouldBe(["signalr", "sse", "websocket"]);
    }

    [Fact]
    public async Task Metrics_AreThereAsJsonAndForPrometheus()
    {
        await using var socket = await SocketClient.ConnectAsync(World.Node, ApiHost.AdminKey);
        await socket.SubscribeAsync(["messages"]);

        var json = await ApiHost.ReadAsync(await World.Node.Client.GetAsync("/api/metrics"));
        json.GetProperty("metrics").EnumerateArray().ShouldContain(one => one.GetProperty("name").GetString() == "waqtor.realtime.opened");

        var answer = await World.Node.Client.GetAsync("/metrics");
        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; version=0.0.4; charset=utf-8");
        var text = await answer.Content.ReadAsStringAsync();
        text.ShouldContain("# TYPE waqtor_realtime_opened_total counter\n");
        text.ShouldContain("\nwaqtor_realtime_opened_total{transport=\"websocket\"} ");
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            line.ShouldMatch(@"^(# (HELP|TYPE) [a-zA-Z_:][a-zA-Z0-9_:]* .+|[a-zA-Z_:][a-zA-Z0-9_:]*(\{([a-zA-Z_][a-zA-Z0-9_]*=""([^""\\]|\\.)*"",?)+\})? \S+)$");
        }
    }

    [Fact]
    public async Task Page_IsPlainAndRunsItsOwnScriptAlone()
    {
        var answer = await World.Node.Provider.GetAsync("/ws-monitor.html");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("script-src 'sha256-");
        var page = await answer.Content.ReadAsStringAsync();
        page.ShouldContain("/api/ws-monitor");
        page.ShouldNotContain("src=");
    }

    [Theory]
    [InlineData(Role.Viewer, "/api/ws-monitor")]
    [InlineData(Role.Operator, "/api/metrics")]
    [InlineData(Role.Operator, "/metrics")]
    public async Task Monitor_IsForAdministrators(Role role, string path)
    {
        var (key, _) = await World.KeyAsync(role);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("X-API-Key", key);
        (await World.Node.Provider.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("""{"eventType":"system:info","target":"instance:other"}""")]
    [InlineData("""{"eventType":"system:info","target":"everyone"}""")]
    [InlineData("""{"eventType":"system:info","target":"messages"}""")]
    [InlineData("""{"eventType":"system:info","target":"messages","instance":"other"}""")]
    public async Task TestEvent_OfAKeyOfAnInstance_StaysInIt(string body)
    {
        var (key, _) = await World.KeyAsync(Role.Admin, null, "shop");
        (await PublishAsync(key, body)).ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("instance:nope", HttpStatusCode.NotFound)]
    [InlineData("queue:nope", HttpStatusCode.NotFound)]
    [InlineData("conversation:cnv_01890000-0000-8000-8000-000000000000", HttpStatusCode.NotFound)]
    [InlineData("instance:shop", HttpStatusCode.OK)]
    [InlineData("queue:shop", HttpStatusCode.OK)]
    public async Task TestEvent_ForARoomThatIsNot_Is404(string target, HttpStatusCode expected) =>
        (await PublishAsync(ApiHost.AdminKey, $$"""{"eventType":"system:info","target":"{{target}}"}""")).ShouldBe(expected);

    [Theory]
    [InlineData("""{"target":"messages"}""")]
    [InlineData("""{"eventType":"A B","target":"messages"}""")]
    [InlineData("""{"eventType":"system:info","target":"Messages"}""")]
    [InlineData("""{"eventType":"system:info","target":"messages","transport":"pigeon"}""")]
    public async Task TestEvent_NotValid_Is400(string body) => (await PublishAsync(ApiHost.AdminKey, body)).ShouldBe(HttpStatusCode.BadRequest);

    // Null: there is no such connection.
    private double? LastHeardSeconds(FeedTransport transport) => World.Node.Get<FeedConnections>().All.FirstOrDefault(one => one.Transport == transport) is { } connection
        ? World.Server.Grains.Clock.GetElapsedTime(connection.LastHeardAt).TotalSeconds
        : null;

    private async Task<HttpStatusCode> PublishAsync(string key, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/realtime/test");
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.Add("X-API-Key", key);
        return (await World.Node.Provider.SendAsync(request)).StatusCode;
    }
}
