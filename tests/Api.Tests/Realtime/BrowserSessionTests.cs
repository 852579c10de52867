using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;
using Waqtor.Access;
using Waqtor.Api.Tests.Hosting;

namespace Waqtor.Api.Tests.Realtime;

/// <summary>A browser's cookie stands for the key that opened its session, at every door of the feed and nowhere else.</summary>
public sealed class BrowserSessionTests(FeedFixture fixture) : IClassFixture<FeedFixture>, IAsyncLifetime
{
    private const string Feed = "/api/realtime/events?topics=messages";

    private readonly List<IAsyncDisposable> _open = [];

    private FeedWorld World { get; } = fixture.World;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var one in _open) await one.DisposeAsync();
        await World.ResetAsync();
    }

    [Fact]
    public async Task Cookie_OfASession_OpensEveryTransport()
    {
        var cookie = await OpenAsync();

        (await StatusAsync(HttpMethod.Get, Feed, cookie)).ShouldBe(HttpStatusCode.OK);
        await using var socket = await SocketClient.ConnectAsync(World.Node, null, configure: options => options.SetRequestHeader("Cookie", cookie));
        (await socket.AnswerAsync("welcome")).GetProperty("authenticated").GetBoolean().ShouldBeTrue();
        await using var hub = new HubConnectionBuilder().WithUrl(new Uri(World.Node.Address, "/hubs/events"), options => options.Headers["Cookie"] = cookie).Build();
        await hub.StartAsync();
        (await hub.InvokeAsync<JsonElement>("Subscribe", new[] { "messages" }, null)).GetProperty("topics").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Cookie_IsHiddenFromPagesAndOtherSites()
    {
        using var answer = await AskForAsync(ApiHost.AdminKey);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single();
        cookie.ShouldStartWith("waqtor_session=wqs_");
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=strict");
        cookie.ShouldContain("path=/");
        (await answer.Content.ReadAsStringAsync()).ShouldNotContain("wqs_");
    }

    [Theory]
    [InlineData("GET", "/api/instances")]
    [InlineData("POST", "/api/realtime/ticket")]
    [InlineData("POST", "/api/auth/session")]
    [InlineData("POST", "/api/realtime/test")]
    public async Task Cookie_OutsideTheFeed_OpensNothing(string method, string path) =>
        (await StatusAsync(new HttpMethod(method), path, await OpenAsync())).ShouldBe(HttpStatusCode.Unauthorized);

    [Fact]
    public async Task Session_WithoutAKey_IsNotOpened()
    {
        using var answer = await AskForAsync("wq_wrong");
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    [Theory]
    [InlineData("waqtor_session=")]
    [InlineData("waqtor_session=wqs_")]
    [InlineData("waqtor_session=wqs_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("waqtor_session=wqs_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Cookie_ThatNobodyGave_IsRefused(string cookie) =>
        (await StatusAsync(HttpMethod.Get, Feed, cookie)).ShouldBe(HttpStatusCode.Unauthorized);

    [Fact]
    public async Task Session_ThatIsClosed_EndsWithItsConnections()
    {
        var cookie = await OpenAsync();
        var stream = await FollowAsync(cookie);

        using var answer = await SendAsync(HttpMethod.Delete, "/api/auth/session", cookie);
        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        answer.Headers.GetValues("Set-Cookie").Single().ShouldStartWith("waqtor_session=;");

        await World.AdvanceAsync(5);
        await stream.ClosedAsync();
        (await StatusAsync(HttpMethod.Get, Feed, cookie)).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(HttpMethod.Delete, "/api/auth/session", cookie)).ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Session_OfARevokedKey_EndsWithItsConnections()
    {
        var (key, id) = await World.KeyAsync(Role.Viewer);
        var cookie = await OpenAsync(key);
        var stream = await FollowAsync(cookie);

        await World.Server.Grains.Grains.GetGrain<IApiKeyDirectoryGrain>(0).RevokeAsync(id);

        await World.AdvanceAsync(5);
        await stream.ClosedAsync();
        (await StatusAsync(HttpMethod.Get, Feed, cookie)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Session_AfterItsTime_IsOver()
    {
        var node = await World.Server.AddNodeAsync(true, ("Keys:SessionMinutes", "1"));
        var cookie = await OpenAsync(node: node);
        (await StatusAsync(HttpMethod.Get, Feed, cookie, node)).ShouldBe(HttpStatusCode.OK);

        await World.AdvanceAsync(61);

        (await StatusAsync(HttpMethod.Get, Feed, cookie, node)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Session_ClosedWithAKeyBesideItsCookie_Ends()
    {
        var cookie = await OpenAsync();
        using var request = new HttpRequestMessage(HttpMethod.Delete, "/api/auth/session");
        request.Headers.Add("Cookie", cookie);
        request.Headers.Add("X-API-Key", ApiHost.AdminKey);
        (await World.Node.Provider.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await StatusAsync(HttpMethod.Get, Feed, cookie)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Key_BesideACookieThatIsOver_IsNotCountedAsAGuess()
    {
        for (var i = 0; i < 50; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Feed);
            request.Headers.Add("Cookie", "waqtor_session=wqs_old");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ApiHost.AdminKey);
            using var answer = await World.Node.Provider.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task Socket_WithACookieThatIsOver_MayStillSayAKey()
    {
        await using var socket = await SocketClient.ConnectAsync(World.Node, null, configure: options => options.SetRequestHeader("Cookie", "waqtor_session=wqs_old"));
        (await socket.AnswerAsync("welcome")).GetProperty("authenticated").GetBoolean().ShouldBeFalse();

        await socket.SendAsync($$"""{"type":"auth","apiKey":"{{ApiHost.AdminKey}}"}""");

        (await socket.AnswerAsync("authenticated")).GetProperty("keyId").GetString().ShouldBe("admin");
    }

    private async Task<string> OpenAsync(string? key = null, ApiHost? node = null)
    {
        using var answer = await AskForAsync(key ?? ApiHost.AdminKey, node);
        return answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    private async Task<HttpResponseMessage> AskForAsync(string key, ApiHost? node = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/auth/session");
        request.Headers.Add("X-API-Key", key);
        return await (node ?? World.Node).Provider.SendAsync(request);
    }

    private async Task<StreamClient> FollowAsync(string cookie)
    {
        var stream = new StreamClient(World.Node, "", cookie);
        _open.Add(stream);
        await stream.SubscribeAsync(["messages"]);
        return stream;
    }

    private async Task<HttpStatusCode> StatusAsync(HttpMethod method, string path, string cookie, ApiHost? node = null)
    {
        using var answer = await SendAsync(method, path, cookie, node);
        return answer.StatusCode;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string cookie, ApiHost? node = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Cookie", cookie);
        return await (node ?? World.Node).Provider.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }
}
