using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Waqtor.Access;
using Waqtor.Api.Realtime.Monitor;
using Waqtor.Api.Tests.Hosting;

namespace Waqtor.Api.Tests.Realtime;

/// <summary>Who may connect, and how much a client may say.</summary>
public sealed class FeedLimitsTests(FeedFixture fixture) : IClassFixture<FeedFixture>, IAsyncLifetime
{
    private readonly List<IAsyncDisposable> _open = [];

    private FeedWorld World { get; } = fixture.World;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var one in _open) await one.DisposeAsync();
        await World.ResetAsync();
    }

    [Fact]
    public async Task Socket_ThatDoesNotAuthenticate_IsClosedAfterFiveSeconds()
    {
        var client = await SocketAsync(null);
        (await client.AnswerAsync("welcome")).GetProperty("authenticated").GetBoolean().ShouldBeFalse();
        await client.SendAsync("""{"type":"subscribe","topics":["messages"]}""");
        (await client.WordAsync()).GetProperty("error").GetProperty("code").GetString().ShouldBe("not_authenticated");

        await World.AdvanceAsync(6);
        await client.ClosedAsync();

        client.Status.ShouldBe(WebSocketCloseStatus.PolicyViolation);
        client.StatusText.ShouldBe("not_authenticated");
        (await RefusedAsync("not_authenticated")).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Socket_FirstMessageWithAKey_Authenticates()
    {
        var client = await SocketAsync(null);
        await client.SendAsync($$"""{"type":"auth","apiKey":"{{ApiHost.AdminKey}}"}""");

        (await client.AnswerAsync("authenticated")).GetProperty("keyId").GetString().ShouldBe("admin");
        (await client.SubscribeAsync(["messages"])).GetProperty("topics").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Socket_FirstMessageWithAWrongKey_IsClosed()
    {
        var client = await SocketAsync(null);
        await client.SendAsync("""{"type":"auth","apiKey":"wq_wrong"}""");
        await client.ClosedAsync();
        client.Status.ShouldBe(WebSocketCloseStatus.PolicyViolation);
    }

    [Theory]
    [InlineData("/api/realtime/events?topics=messages")]
    [InlineData("/hubs/events/negotiate?negotiateVersion=1")]
    [InlineData("/api/realtime/stats")]
    [InlineData("/metrics")]
    public async Task Entrance_WithoutAKey_Is401(string path)
    {
        using var request = new HttpRequestMessage(path.StartsWith("/hubs", StringComparison.Ordinal) ? HttpMethod.Post : HttpMethod.Get, path);
        (await World.Node.Provider.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("/api/realtime/events?topics=messages")]
    [InlineData("/hubs/events/negotiate?negotiateVersion=1")]
    [InlineData("/ws?v=1")]
    public async Task Entrance_WrongKeyOrTicket_IsCountedOnce(string path)
    {
        var node = await World.Server.AddNodeAsync();
        await AskAsync(path, request => request.Headers.Add("X-API-Key", "wq_wrong"));
        await AskAsync(path, request => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "wq_wrong"));
        await AskAsync(path + "&ticket=wqt_wrong", _ => { });
        // Only a socket may still say who it is.
        if (path[..3] != "/ws") await AskAsync(path, _ => { });

        // Counted when the answer is done, which the client may have read before.
        await Eventually.HappensAsync(() => Refused("wrong_key", node) == 3, "the count of wrong keys");
        if (path[..3] != "/ws") await Eventually.HappensAsync(() => Refused("not_authenticated", node) == 1, "the count of those without a key");

        async Task AskAsync(string address, Action<HttpRequestMessage> say)
        {
            using var request = new HttpRequestMessage(path.StartsWith("/hubs", StringComparison.Ordinal) ? HttpMethod.Post : HttpMethod.Get, address);
            if (path[..3] == "/ws")
            {
                request.Headers.Connection.Add("Upgrade");
                request.Headers.Upgrade.ParseAdd("websocket");
                request.Headers.Add("Sec-WebSocket-Version", "13");
                request.Headers.Add("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
            }

            say(request);
            (await node.Provider.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }
    }

    [Fact]
    public async Task Ticket_CountsOnceAndForAMinute()
    {
        var ticket = await TicketAsync();
        var node = await World.Server.AddNodeAsync();
        await using (var first = await SocketClient.ConnectAsync(World.Node, null, $"/ws?ticket={ticket}"))
        {
            (await first.AnswerAsync("welcome")).GetProperty("authenticated").GetBoolean().ShouldBeTrue();
        }

        // Neither here nor on another node.
        (await World.Node.Provider.GetAsync($"/api/realtime/events?topics=messages&ticket={ticket}")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await node.Provider.GetAsync($"/api/realtime/events?topics=messages&ticket={ticket}")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        var late = await TicketAsync();
        await World.AdvanceAsync(61);
        (await World.Node.Provider.GetAsync($"/api/realtime/events?topics=messages&ticket={late}")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Ticket_Changed_IsWrong()
    {
        var ticket = await TicketAsync();
        var changed = ticket[..^2] + (ticket[^2] == 'A' ? 'B' : 'A') + ticket[^1];
        foreach (var wrong in new[] { changed, "wqt_", "wqt_tkt_x.y", ticket + "x", "x" })
        {
            (await World.Node.Provider.GetAsync($"/api/realtime/events?topics=messages&ticket={wrong}")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized, wrong);
        }
    }

    [Fact]
    public async Task Ticket_OfAHub_NegotiatesAndConnectsOnce()
    {
        var ticket = await TicketAsync();
        var hub = new HubConnectionBuilder().WithUrl(new Uri(World.Node.Address, $"/hubs/events?ticket={ticket}")).Build();
        _open.Add(hub);
        await hub.StartAsync();
        (await hub.InvokeAsync<System.Text.Json.JsonElement>("Subscribe", new[] { "messages" }, null)).GetProperty("topics").GetArrayLength().ShouldBe(1);

        var again = new HubConnectionBuilder().WithUrl(new Uri(World.Node.Address, $"/hubs/events?ticket={ticket}")).Build();
        _open.Add(again);
        await Should.ThrowAsync<HttpRequestException>(again.StartAsync());
    }

    [Fact]
    public async Task Ticket_OfARevokedKey_IsOfNoUse()
    {
        var (key, id) = await World.KeyAsync(Role.Viewer);
        var ticket = await TicketAsync(key);
        await World.Server.Grains.Grains.GetGrain<IApiKeyDirectoryGrain>(0).RevokeAsync(id);
        await World.AdvanceAsync(3);
        (await World.Node.Provider.GetAsync($"/api/realtime/events?topics=messages&ticket={ticket}")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    [InlineData("https://desk.example.evil.example", HttpStatusCode.Forbidden)]
    [InlineData("https://desk.example", HttpStatusCode.OK)]
    [InlineData("https://kiosk.example", HttpStatusCode.OK)]
    public async Task Origin_NotInTheList_IsRefusedAtEveryEntrance(string origin, HttpStatusCode expected)
    {
        var node = await World.Server.AddNodeAsync(true, ("Realtime:AllowedOrigins", "https://desk.example; https://kiosk.example/"));
        using var stream = new HttpRequestMessage(HttpMethod.Get, "/api/realtime/events?topics=messages");
        using var negotiate = new HttpRequestMessage(HttpMethod.Post, "/hubs/events/negotiate?negotiateVersion=1");
        foreach (var request in new[] { stream, negotiate })
        {
            request.Headers.Add("Origin", origin);
            using var response = await node.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            response.StatusCode.ShouldBe(expected);
            if (expected == HttpStatusCode.OK) response.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe([origin]);
        }

        var connecting = SocketClient.ConnectAsync(node, ApiHost.AdminKey, configure: options => options.SetRequestHeader("Origin", origin));
        if (expected == HttpStatusCode.OK) await (await connecting).DisposeAsync();
        else await Should.ThrowAsync<WebSocketException>(connecting);
    }

    [Fact]
    public async Task Origin_OfThisServer_MayConnect()
    {
        var client = await SocketClient.ConnectAsync(World.Node, ApiHost.AdminKey, configure: options => options.SetRequestHeader("Origin", World.Node.Address.GetLeftPart(UriPartial.Authority)));
        _open.Add(client);
        await client.AnswerAsync("welcome");
    }

    [Fact]
    public async Task Address_NotInTheList_IsRefusedAndCounted()
    {
        var node = await World.Server.AddNodeAsync(true, ("Realtime:AllowedAddresses", "10.0.0.0/8; 2001:db8::/32"));
        (await node.Client.GetAsync("/api/realtime/events?topics=messages")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await RefusedAsync("address", node)).ShouldBe(1);
    }

    [Fact]
    public async Task Socket_TooManyMessages_IsWarnedAndThenClosed()
    {
        var client = await SocketAsync(ApiHost.AdminKey);
        for (var i = 0; i < 66; i++) await client.SendAsync("""{"type":"ping"}""");

        for (var i = 0; i < 60; i++) await client.AnswerAsync("pong");
        for (var left = 4; left >= 0; left--)
        {
            var warning = (await client.WordAsync()).GetProperty("error");
            warning.GetProperty("code").GetString().ShouldBe("rate_limited");
            warning.GetProperty("warningsLeft").GetInt32().ShouldBe(left);
        }

        await client.ClosedAsync();
        client.Status.ShouldBe(WebSocketCloseStatus.PolicyViolation);
        client.StatusText.ShouldBe("rate_limited");
    }

    [Fact]
    public async Task Socket_MessagesComeBackByTheSecond()
    {
        var client = await SocketAsync(ApiHost.AdminKey);
        for (var i = 0; i < 60; i++) await client.SendAsync("""{"type":"ping"}""");
        for (var i = 0; i < 60; i++) await client.AnswerAsync("pong");

        await World.AdvanceAsync(2);
        for (var i = 0; i < 2; i++) await client.SendAsync("""{"type":"ping"}""");

        for (var i = 0; i < 2; i++) await client.AnswerAsync("pong");
    }

    [Fact]
    public async Task Address_Trusted_HasNoLimitOfRate()
    {
        var node = await World.Server.AddNodeAsync(true, ("Realtime:TrustedAddresses", "127.0.0.0/8;::1"));
        var client = await SocketClient.ConnectAsync(node, ApiHost.AdminKey);
        _open.Add(client);
        for (var i = 0; i < 100; i++) await client.SendAsync("""{"type":"ping"}""");
        for (var i = 0; i < 100; i++) await client.AnswerAsync("pong");
    }

    [Theory]
    [InlineData("NoSuchMethod")]
    [InlineData("Ping")]
    public async Task Hub_TooManyCalls_AreCountedWhateverTheMethod(string method)
    {
        var client = await HubClient.ConnectAsync(World.Node, ApiHost.AdminKey);
        _open.Add(client);
        var refused = 0;
        for (var i = 0; i < 66; i++)
        {
            try
            {
                await client.Hub.InvokeAsync(method);
            }
            catch (HubException exception) when (exception.Message.Contains("rate_limited", StringComparison.Ordinal))
            {
                refused++;
            }
            catch (HubException)
            {
                // An unknown method.
            }
            catch (Exception exception) when (exception is OperationCanceledException or InvalidOperationException or WebSocketException or IOException)
            {
                break;
            }
        }

        refused.ShouldBe(5);
        await client.ClosedAsync();
    }

    [Theory]
    [InlineData("{", "invalid_json")]
    [InlineData("[]", "invalid_message")]
    [InlineData("{\"type\":1}", "invalid_message")]
    [InlineData("{\"type\":\"dance\"}", "unknown_type")]
    [InlineData("{\"type\":\"subscribe\"}", "invalid_message")]
    public async Task Socket_MessageNotUnderstood_IsAnError(string message, string code)
    {
        var client = await SocketAsync(ApiHost.AdminKey);
        await client.SendAsync(message);
        (await client.WordAsync()).GetProperty("error").GetProperty("code").GetString().ShouldBe(code);
        await client.SendAsync("""{"type":"ping"}""");
        await client.AnswerAsync("pong");
    }

    [Theory]
    [InlineData(1_001, "text_too_long")]
    [InlineData(10_300, "message_too_long")]
    [InlineData(200_000, "message_too_long")]
    public async Task Socket_MessageTooLong_IsAnError(int characters, string code)
    {
        var client = await SocketAsync(ApiHost.AdminKey);
        await client.SendAsync($$"""{"type":"ping","text":"{{new string('x', characters)}}"}""");
        (await client.WordAsync()).GetProperty("error").GetProperty("code").GetString().ShouldBe(code);
    }

    [Fact]
    public async Task Socket_FrameOverAMegabyte_IsClosedAndCountedOnce()
    {
        var before = Refused("too_large", World.Node);
        var client = await SocketAsync(ApiHost.AdminKey);
        await client.SendAsync(new string('x', (1_024 * 1_024) + 100_000));
        await client.ClosedAsync();
        client.Status.ShouldBe(WebSocketCloseStatus.MessageTooBig);
        (Refused("too_large", World.Node) - before).ShouldBe(1);
    }

    [Fact]
    public async Task Socket_MoreThanFourMegabytesASecond_IsClosed()
    {
        var client = await SocketAsync(ApiHost.AdminKey);
        var large = new string('x', 1_000_000);
        for (var i = 0; i < 5; i++) await client.SendAsync(large);
        await client.ClosedAsync();
        client.StatusText.ShouldBe("too_many_bytes");
    }

    [Fact]
    public async Task Socket_GetState_TellsTopicsAndCursor()
    {
        var client = await SocketAsync(ApiHost.AdminKey);
        await client.SubscribeAsync(["messages", "job:1"]);
        await client.SendAsync("""{"type":"unsubscribe","topics":["messages"]}""");
        (await client.AnswerAsync("unsubscribed")).GetProperty("topics")[0].GetString().ShouldBe("messages");
        await client.SendAsync("""{"type":"get_state"}""");
        var state = await client.AnswerAsync("state");
        state.GetProperty("topics").EnumerateArray().Select(one => one.GetString()).ShouldBe(["job:1"]);
        state.GetProperty("cursor").GetString()!.ShouldStartWith("job:1.");
    }

    [Fact]
    public async Task Address_ForWebSockets_AnswersOthers426()
    {
        (await World.Node.Client.GetAsync("/ws")).StatusCode.ShouldBe(HttpStatusCode.UpgradeRequired);
    }

    private async Task<SocketClient> SocketAsync(string? key)
    {
        var client = await SocketClient.ConnectAsync(World.Node, key);
        _open.Add(client);
        return client;
    }

    private async Task<string> TicketAsync(string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/realtime/ticket");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key ?? ApiHost.AdminKey);
        var answer = await ApiHost.ReadAsync(await World.Node.Provider.SendAsync(request));
        return answer.GetProperty("ticket").GetString()!;
    }

    private static long Refused(string reason, ApiHost node) =>
        node.Get<MetricsReader>().SumsBy("waqtor.realtime.refused", "reason").GetValueOrDefault(reason);

    private Task<long> RefusedAsync(string reason, ApiHost? node = null) =>
        Task.FromResult((node ?? World.Node).Get<MetricsReader>().SumsBy("waqtor.realtime.refused", "reason").GetValueOrDefault(reason)
            + (node ?? World.Node).Get<MetricsReader>().SumsBy("waqtor.realtime.closed", "reason").GetValueOrDefault(reason));
}
