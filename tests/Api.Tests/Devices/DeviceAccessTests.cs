using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using NSubstitute;
using Waqtor.Access;
using Waqtor.Api.Media;
using Waqtor.Api.Tests.Fakes;
using Waqtor.Api.Tests.Hosting;
using Waqtor.Instances;
using Waqtor.Messages;
using Waqtor.TestKit.Time;

namespace Waqtor.Api.Tests.Devices;

public sealed class DeviceAccessTests
{
    private static FakeCluster Shops(TimeProvider? clock = null) =>
        new FakeCluster(clock).With("shop", ProviderKind.Sandbox).With("other", ProviderKind.Sandbox);

    [Fact]
    public async Task Session_OfAnInstanceOutOfTheKeysReach_Is404()
    {
        await using var host = await ApiHost.StartAsync(Shops());
        using var other = await host.ClientAsync(Role.Operator, "other");
        using var viewer = await host.ClientAsync(Role.Viewer, "shop");
        var opened = await ApiHost.ReadAsync(await host.Client.PostAsJsonAsync("/api/device-sessions", new { instance = "shop" }));
        var path = $"/api/device-sessions/{opened.GetProperty("sessionId").GetString()}";

        (await other.PostAsJsonAsync("/api/device-sessions", new { instance = "shop" })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await other.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await other.DeleteAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await viewer.PostAsJsonAsync("/api/device-sessions", new { instance = "shop" })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await viewer.DeleteAsync(path)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await viewer.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Session_OfTheSameDevice_IsTheSame_AndOfAnotherInstanceIsNot()
    {
        await using var host = await ApiHost.StartAsync(Shops());
        async Task<string> OpenAsync(string instance, string? deviceId) =>
            (await ApiHost.ReadAsync(await host.Client.PostAsJsonAsync("/api/device-sessions", new { instance, deviceId }))).GetProperty("sessionId").GetString()!;

        var first = await OpenAsync("shop", "kiosk");

        (await OpenAsync("shop", "kiosk")).ShouldBe(first);
        (await OpenAsync("other", "kiosk")).ShouldNotBe(first);
        (await OpenAsync("shop", null)).ShouldNotBe(await OpenAsync("shop", null));
    }

    [Theory]
    [InlineData("GET", "/api/conversations")]
    [InlineData("GET", "/api/instances")]
    [InlineData("POST", "/api/messages/send-text")]
    [InlineData("POST", "/api/device-sessions")]
    [InlineData("GET", "/api/device-sessions/dvs_0193b0a0-0000-7000-8000-000000000000")]
    [InlineData("GET", "/api/keys")]
    public async Task DeviceToken_OnAnOperatorsRoute_Is401(string method, string path)
    {
        await using var host = await ApiHost.StartAsync(Shops());
        var device = await DeviceClient.OpenAsync(host);
        (await device.SendAsync(new HttpMethod(method), path, method == "POST" ? JsonContent.Create(new { }) : null)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("")]
    [InlineData("wdt_")]
    [InlineData("wdt_AAAA")]
    [InlineData("wdt_%%%")]
    [InlineData(ApiHost.AdminKey)]
    public async Task DeviceRoute_WithAnythingButAToken_Is401(string token)
    {
        await using var host = await ApiHost.StartAsync(Shops());
        var stranger = new DeviceClient(host, "dvs_0193b0a0-0000-7000-8000-000000000000", token);
        (await stranger.GetAsync("/api/device-session")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await host.Client.GetAsync("/api/device-session")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task DeviceToken_Changed_Is401()
    {
        await using var host = await ApiHost.StartAsync(Shops());
        var device = await DeviceClient.OpenAsync(host);
        var middle = device.Token.Length / 2;
        var changed = device.Token[..middle] + (device.Token[middle] == 'A' ? 'B' : 'A') + device.Token[(middle + 1)..];
        (await new DeviceClient(host, "dvs_0193b0a0-0000-7000-8000-000000000000", changed).GetAsync("/api/device-session")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task DeviceToken_Over_Is401()
    {
        var clock = new ManualTimeProvider();
        await using var host = await ApiHost.StartAsync(Shops(clock));
        var device = await DeviceClient.OpenAsync(host);
        (await device.GetAsync("/api/device-session")).StatusCode.ShouldBe(HttpStatusCode.OK);

        clock.Advance(TimeSpan.FromSeconds(3_601));

        (await device.GetAsync("/api/device-session")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Session_Closed_RefusesItsTokensAtOnce_AlsoWhenOpenedAgain()
    {
        await using var host = await ApiHost.StartAsync(Shops());
        var device = await DeviceClient.OpenAsync(host);
        var id = (await device.Session.GetAsync())!.Id;

        (await host.Client.DeleteAsync($"/api/device-sessions/{id}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var refused = await device.TextAsync("m-1", 1, "hello");
        var again = await DeviceClient.OpenAsync(host);

        (refused.StatusCode, await DeviceClient.CodeAsync(refused)).ShouldBe((HttpStatusCode.Forbidden, "session_closed"));
        (await device.TextAsync("m-1", 1, "hello")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await DeviceClient.StatusAsync(await again.TextAsync("m-1", 1, "hello"))).ShouldBe("delivered");
    }

    [Fact]
    public async Task Session_ThatCallsTooOften_Is429()
    {
        await using var host = await ApiHost.StartAsync(Shops(new ManualTimeProvider()), [("DeviceMessages:SessionRequestsPerSecond", "1")]);
        var device = await DeviceClient.OpenAsync(host);
        for (var call = 0; call < 10; call++) (await device.GetAsync("/api/device-session")).StatusCode.ShouldBe(HttpStatusCode.OK);

        var refused = await device.GetAsync("/api/device-session");

        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData("https://shop.example", true)]
    [InlineData("https://kiosk.example", true)]
    [InlineData("https://evil.example", false)]
    public async Task Page_OfAnotherOrigin_MaySpeakOnlyWhenItIsListed(string origin, bool allowed)
    {
        await using var host = await ApiHost.StartAsync(Shops(), [("DeviceMessages:AllowedOrigins", "https://kiosk.example/; https://shop.example")]);
        foreach (var path in new[] { "/api/device-messages", "/api/conversations" })
        {
            using var preflight = new HttpRequestMessage(HttpMethod.Options, path);
            preflight.Headers.Add("Origin", origin);
            preflight.Headers.Add("Access-Control-Request-Method", "POST");
            preflight.Headers.Add("Access-Control-Request-Headers", "authorization,content-type");
            var answer = await host.Provider.SendAsync(preflight);
            answer.Headers.Contains("Access-Control-Allow-Origin").ShouldBe(allowed && path == "/api/device-messages");
        }
    }

    [Fact]
    public async Task Media_OfAMessage_IsADownloadForThoseWhoSeeItsInstance()
    {
        var cluster = Shops();
        await using var host = await ApiHost.StartAsync(cluster);
        var content = RandomNumberGenerator.GetBytes(1_000);
        var hash = await host.Get<IMediaStore>().PutAsync(content);
        cluster.Archive.GetMessageAsync("msg_1", Arg.Any<CancellationToken>()).Returns(new MessageRecord
        {
            Id = "msg_1", Instance = "shop", ConversationId = "cnv_1", Direction = MessageDirection.Inbound, Kind = MessageKind.Audio,
            Status = MessageStatus.Received, Timestamp = default, ReceivedAt = default, Sequence = 1,
            Content = new MessageContent { Media = new MediaContent { StoredHash = hash, MimeType = "text/html" } },
        });
        using var other = await host.ClientAsync(Role.Viewer, "other");

        var answer = await host.Client.GetAsync("/api/messages/msg_1/media");

        (await answer.Content.ReadAsByteArrayAsync()).ShouldBe(content);
        answer.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/octet-stream");
        (await other.GetAsync("/api/messages/msg_1/media")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../waqtor.db")]
    [InlineData("..aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task MediaStore_AskedForWhatIsNoHash_HasNothing(string hash)
    {
        await using var host = await ApiHost.StartAsync(Shops());
        host.Get<IMediaStore>().OpenRead(hash).ShouldBeNull();
    }
}
