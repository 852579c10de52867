using System.Net;
using Waqtor.Api.Tests.Fakes;
using Waqtor.Api.Tests.Hosting;
using Waqtor.Instances;

namespace Waqtor.Api.Tests.Addresses;

/// <summary>What a proxy says of its client counts when the proxy is trusted, and never else. Tests call from 127.0.0.1.</summary>
public sealed class ProxyTests
{
    private const string Client = "203.0.113.7";
    private const string Neighbour = "203.0.113.8";

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.0.0.0/8; 127.0.0.0/8")]
    public async Task Client_BehindATrustedProxy_CountsForItself(string trusted)
    {
        await using var host = await StartAsync(("Proxies:Trusted", trusted));

        await GuessKeysAsync(host, Client);

        (await GuessAsync(host, Client)).ShouldBe(HttpStatusCode.TooManyRequests);
        (await GuessAsync(host, Neighbour)).ShouldBe(HttpStatusCode.Unauthorized);
        (await GuessAsync(host, "2001:db8::7")).ShouldBe(HttpStatusCode.Unauthorized);
        (await GuessAsync(host, null)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("")]
    [InlineData("10.0.0.0/8")]
    [InlineData("127.0.0.2;::1")]
    public async Task Client_ThatIsNoTrustedProxy_IsNotBelieved(string trusted)
    {
        await using var host = await StartAsync(("Proxies:Trusted", trusted));

        await GuessKeysAsync(host, Client);

        (await GuessAsync(host, Neighbour)).ShouldBe(HttpStatusCode.TooManyRequests);
        (await GuessAsync(host, null)).ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Header_ThatTheClientBegan_CountsByItsLastEntryOnly()
    {
        await using var host = await StartAsync(("Proxies:Trusted", "127.0.0.1"));

        await GuessKeysAsync(host, $"198.51.100.1, {Client}");

        (await GuessAsync(host, $"198.51.100.2, {Client}")).ShouldBe(HttpStatusCode.TooManyRequests);
        (await GuessAsync(host, "198.51.100.1")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Header_OfTwoProxies_IsReadBackToTheFirstThatIsNotTrusted()
    {
        await using var host = await StartAsync(("Proxies:Trusted", "127.0.0.1;10.0.0.0/8"), ("Proxies:HopsMax", "4"));

        await GuessKeysAsync(host, $"198.51.100.1, {Client}, 10.0.0.5");

        (await GuessAsync(host, Client)).ShouldBe(HttpStatusCode.TooManyRequests);
        (await GuessAsync(host, "198.51.100.1")).ShouldBe(HttpStatusCode.Unauthorized);
        (await GuessAsync(host, "10.0.0.5")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("unknown")]
    [InlineData("_hidden")]
    [InlineData(", ,")]
    [InlineData("999.1.1.1")]
    public async Task Header_ThatIsNoAddress_LeavesTheProxys(string header)
    {
        await using var host = await StartAsync(("Proxies:Trusted", "127.0.0.1"));

        await GuessKeysAsync(host, header);

        (await GuessAsync(host, null)).ShouldBe(HttpStatusCode.TooManyRequests);
        (await GuessAsync(host, Client)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("", Client, HttpStatusCode.Forbidden)]
    [InlineData("127.0.0.1", Client, HttpStatusCode.OK)]
    [InlineData("127.0.0.1", "198.51.100.1", HttpStatusCode.Forbidden)]
    public async Task Feed_WithAListOfAddresses_GoesByTheClients(string trusted, string client, HttpStatusCode expected)
    {
        await using var host = await StartAsync(("Proxies:Trusted", trusted), ("Realtime:AllowedAddresses", "203.0.113.0/24"));

        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/realtime/events?topics=messages");
        request.Headers.Add("X-Forwarded-For", client);
        using var answer = await host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

        answer.StatusCode.ShouldBe(expected);
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("10.0.0.0/8", false)]
    [InlineData("", false)]
    public async Task Cookie_OfAClientOnHttps_IsForHttpsOnly(string trusted, bool secure)
    {
        await using var host = await StartAsync(("Proxies:Trusted", trusted));

        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/auth/session");
        request.Headers.Add("X-Forwarded-For", Client);
        request.Headers.Add("X-Forwarded-Proto", "https");
        using var answer = await host.Client.SendAsync(request);

        answer.Headers.GetValues("Set-Cookie").Single().Contains("secure", StringComparison.Ordinal).ShouldBe(secure);
    }

    [Fact]
    public async Task Address_OfAWebhook_HasTheProxysSchemeAndNotItsForwardedHost()
    {
        await using var host = await StartAsync(("Proxies:Trusted", "127.0.0.1"));

        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/instances/shop");
        request.Headers.Add("X-Forwarded-For", Client);
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-Host", "attacker.example");
        var answer = await (await host.Client.SendAsync(request)).Content.ReadAsStringAsync();

        answer.ShouldContain($"https://{host.Address.Authority}/");
        answer.ShouldNotContain("attacker.example");
    }

    [Fact]
    public async Task Delivery_ThroughATrustedProxy_IsTaken()
    {
        await using var host = await StartAsync(("Proxies:Trusted", "127.0.0.1"));

        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/inbound/generic/shop") { Content = new StringContent(Samples.Generic("m1")) };
        request.Headers.Add("X-Forwarded-For", Client);
        using var answer = await host.Provider.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static Task<ApiHost> StartAsync(params (string Key, string Value)[] settings) =>
        ApiHost.StartAsync(new FakeCluster().With("shop", ProviderKind.Generic), [.. settings, ("Keys:FailuresPerMinute", "2")]);

    // So many wrong keys that the address they are counted for is refused next.
    private static async Task GuessKeysAsync(ApiHost host, string forwardedFor)
    {
        for (var i = 0; i < 2; i++) (await GuessAsync(host, forwardedFor)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static async Task<HttpStatusCode> GuessAsync(ApiHost host, string? forwardedFor)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/instances");
        request.Headers.Add("X-API-Key", "wq_wrong");
        if (forwardedFor is not null) request.Headers.TryAddWithoutValidation("X-Forwarded-For", forwardedFor);
        using var answer = await host.Provider.SendAsync(request);
        return answer.StatusCode;
    }
}
