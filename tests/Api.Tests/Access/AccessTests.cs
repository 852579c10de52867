using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Waqtor.Access;
using Waqtor.Api.Access;
using Waqtor.Api.Tests.Fakes;
using Waqtor.Api.Tests.Hosting;
using Waqtor.Instances;
using Waqtor.TestKit.Time;

namespace Waqtor.Api.Tests.Access;

public sealed class AccessTests
{
    [Fact]
    public async Task Request_WithoutAKey_Is401AsAProblem()
    {
        await using var host = await ApiHost.StartAsync();
        var response = await host.Provider.GetAsync("/api/instances");
        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        response.Headers.WwwAuthenticate.ShouldNotBeEmpty();
        var problem = await ApiHost.ReadAsync(response);
        problem.GetProperty("type").GetString().ShouldBe("https://waqtor.dev/problems/unauthorized");
        problem.GetProperty("code").GetString().ShouldBe("unauthorized");
        problem.GetProperty("status").GetInt32().ShouldBe(401);
        problem.GetProperty("traceId").GetString().ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("the-admin-key-of-the-testS")]
    [InlineData("short")]
    [InlineData("wq_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Request_WithAWrongKey_Is401(string key)
    {
        await using var host = await ApiHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/instances");
        request.Headers.Add("X-API-Key", key);
        (await host.Provider.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Key_AsBearerToken_IsTaken()
    {
        await using var host = await ApiHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/instances");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ApiHost.AdminKey);
        (await host.Provider.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(Role.Viewer, "GET", "/api/instances", 200)]
    [InlineData(Role.Viewer, "POST", "/api/instances", 403)]
    [InlineData(Role.Viewer, "POST", "/api/messages/send-text", 403)]
    [InlineData(Role.Viewer, "POST", "/api/conversations/cnv_x/pause", 403)]
    [InlineData(Role.Viewer, "GET", "/api/keys", 403)]
    [InlineData(Role.Operator, "POST", "/api/messages/send-text", 400)]
    [InlineData(Role.Operator, "POST", "/api/conversations/cnv_x/pause", 404)]
    [InlineData(Role.Operator, "POST", "/api/instances", 403)]
    [InlineData(Role.Operator, "DELETE", "/api/instances/shop", 403)]
    [InlineData(Role.Operator, "GET", "/api/keys", 403)]
    [InlineData(Role.Admin, "GET", "/api/keys", 200)]
    [InlineData(Role.Admin, "POST", "/api/instances", 400)]
    public async Task Role_MayDoWhatItsPolicySays(Role role, string method, string path, int expected)
    {
        await using var host = await ApiHost.StartAsync();
        using var client = await host.ClientAsync(role);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method == "POST") request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        ((int)(await client.SendAsync(request)).StatusCode).ShouldBe(expected);
    }

    [Fact]
    public async Task Key_Revoked_EndsAtOnceHereAndWithinSecondsElsewhere()
    {
        var clock = new ManualTimeProvider();
        await using var host = await ApiHost.StartAsync(new FakeCluster(clock));
        using var client = await host.ClientAsync(Role.Viewer);
        (await client.GetAsync("/api/instances")).StatusCode.ShouldBe(HttpStatusCode.OK);

        // On another node: this one learns it when its copy is 2 s old.
        foreach (var key in host.Cluster.Keys) await key.RevokeAsync();
        (await client.GetAsync("/api/instances")).StatusCode.ShouldBe(HttpStatusCode.OK);
        clock.Advance(TimeSpan.FromSeconds(2));
        (await client.GetAsync("/api/instances")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        using var second = await host.ClientAsync(Role.Viewer);
        (await second.GetAsync("/api/instances")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var id = host.Cluster.Keys.Single(key => key.Record is { Revoked: false }).Record!.Id;
        (await host.Client.DeleteAsync($"/api/keys/{id}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await second.GetAsync("/api/instances")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Key_Expired_IsRefusedFromThatMoment()
    {
        var clock = new ManualTimeProvider();
        await using var host = await ApiHost.StartAsync(new FakeCluster(clock));
        var expiresAt = clock.GetUtcNow().AddSeconds(1);
        var created = await ApiHost.ReadAsync(await host.Client.PostAsync("/api/keys", Json($$"""{"name":"k","role":"viewer","expiresAt":"{{expiresAt:O}}"}""")));
        using var client = Client(host, created.GetProperty("key").GetString()!);
        (await client.GetAsync("/api/instances")).StatusCode.ShouldBe(HttpStatusCode.OK);
        clock.Advance(TimeSpan.FromSeconds(1));
        (await client.GetAsync("/api/instances")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Key_InUse_CostsOneGrainCallPerTwoSeconds()
    {
        var clock = new ManualTimeProvider();
        await using var host = await ApiHost.StartAsync(new FakeCluster(clock));
        using var client = await host.ClientAsync(Role.Viewer);
        for (var i = 0; i < 20; i++) await client.GetAsync("/api/instances");
        host.Cluster.Keys.ShouldHaveSingleItem().Reads.ShouldBe(1);
    }

    [Fact]
    public async Task WrongKeys_FromOneAddress_EndIn429UntilTheMinuteIsOver()
    {
        var clock = new ManualTimeProvider();
        await using var host = await ApiHost.StartAsync(new FakeCluster(clock));
        using var wrong = Client(host, "a-wrong-key-that-is-long-enough");
        for (var i = 0; i < 30; i++) (await wrong.GetAsync("/api/instances")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        var refused = await wrong.GetAsync("/api/instances");
        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 60);
        (await host.Client.GetAsync("/api/instances")).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);

        clock.Advance(TimeSpan.FromMinutes(1));
        (await host.Client.GetAsync("/api/instances")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task WebhooksDoor_NeedsNoKey_EvenFromARefusedAddress()
    {
        await using var host = await ApiHost.StartAsync(new FakeCluster().With("shop", ProviderKind.Generic));
        using var wrong = Client(host, "a-wrong-key-that-is-long-enough");
        for (var i = 0; i < 31; i++) await wrong.GetAsync("/api/instances");
        (await host.DeliverAsync("generic/shop", Samples.Generic("m1"))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Keys_AreListedByPages()
    {
        await using var host = await ApiHost.StartAsync();
        foreach (var name in (string[])["one", "two", "three"]) await host.Client.PostAsync("/api/keys", Json($$"""{"name":"{{name}}","role":"viewer"}"""));
        var all = (await ApiHost.ReadAsync(await host.Client.GetAsync("/api/keys"))).GetProperty("items").EnumerateArray().Select(key => key.GetProperty("name").GetString()).ToArray();

        var first = await ApiHost.ReadAsync(await host.Client.GetAsync("/api/keys?limit=2"));
        var second = await ApiHost.ReadAsync(await host.Client.GetAsync($"/api/keys?cursor={first.GetProperty("nextCursor").GetString()}"));

        var paged = first.GetProperty("items").EnumerateArray().Concat(second.GetProperty("items").EnumerateArray()).Select(key => key.GetProperty("name").GetString());
        paged.ShouldBe(all);
        first.GetProperty("items").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task CreatedKey_IsShownOnce_WorksAndIsListedWithoutItsSecret()
    {
        await using var host = await ApiHost.StartAsync();
        var response = await host.Client.PostAsync("/api/keys", Json("""{"name":"robot","role":"operator","instances":["shop"]}"""));
        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        var created = await ApiHost.ReadAsync(response);
        var key = created.GetProperty("key").GetString()!;
        key.ShouldStartWith("wq_");
        key.Length.ShouldBe(46);

        var list = await (await host.Client.GetAsync("/api/keys")).Content.ReadAsStringAsync();
        list.ShouldContain("robot");
        list.ShouldNotContain(key);
        list.ShouldNotContain(ApiKeySecret.HashHex(key));
        using var client = Client(host, key);
        (await client.GetAsync("/api/instances")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("""{"name":"","role":"viewer"}""", "name")]
    [InlineData("""{"name":"x","role":"owner"}""", "role")]
    [InlineData("""{"name":"x","role":"1"}""", "role")]
    [InlineData("""{"name":"x","role":"+2"}""", "role")]
    [InlineData("""{"name":"x","role":"-0"}""", "role")]
    [InlineData("""{"name":"x","role":" viewer"}""", "role")]
    [InlineData("""{"name":"x","role":"viewer,operator"}""", "role")]
    [InlineData("""{"name":"x"}""", "role")]
    [InlineData("""{"name":"x","role":"viewer","expiresAt":"2001-01-01T00:00:00Z"}""", "expiresAt")]
    [InlineData("""{"name":"x","role":"viewer","instances":["Not A Name"]}""", "instances")]
    public async Task Key_NotValid_SaysWhichField(string body, string field)
    {
        await using var host = await ApiHost.StartAsync();
        var response = await host.Client.PostAsync("/api/keys", Json(body));
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await ApiHost.ReadAsync(response)).GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue();
    }

    [Fact]
    public async Task AdminBoundToAnInstance_CannotMakeOrSeeKeysBeyondIt()
    {
        await using var host = await ApiHost.StartAsync();
        using var bound = await host.ClientAsync(Role.Admin, "shop");
        (await bound.PostAsync("/api/keys", Json("""{"name":"x","role":"admin"}"""))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await bound.PostAsync("/api/keys", Json("""{"name":"x","role":"admin","instances":["shop","other"]}"""))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await bound.PostAsync("/api/keys", Json("""{"name":"x","role":"viewer","instances":["shop"]}"""))).StatusCode.ShouldBe(HttpStatusCode.Created);

        var other = await ApiHost.ReadAsync(await host.Client.PostAsync("/api/keys", Json("""{"name":"all","role":"viewer"}""")));
        (await bound.DeleteAsync($"/api/keys/{other.GetProperty("id").GetString()}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await (await bound.GetAsync("/api/keys")).Content.ReadAsStringAsync()).ShouldNotContain("\"all\"");
        (await bound.PostAsync("/api/instances", Json("""{"name":"other","provider":"generic"}"""))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    private static HttpClient Client(ApiHost host, string key)
    {
        var client = new HttpClient { BaseAddress = host.Address };
        client.DefaultRequestHeaders.Add("X-API-Key", key);
        return client;
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
