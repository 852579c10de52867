using System.Net;
using System.Text;
using System.Text.Json;
using Waqtor.Access;
using Waqtor.Api.Tests.Fakes;
using Waqtor.Api.Tests.Hosting;
using Waqtor.Instances;

namespace Waqtor.Api.Tests.Instances;

public sealed class InstancesApiTests
{
    // As issue 2, item 3 has it.
    private const string Evolution = """
        { "name": "shop", "provider": "evolution", "baseUrl": "http://127.0.0.1:9001", "apiKey": "k-secret",
          "phoneNumberId": "123", "accessToken": "at-secret", "appSecret": "as-secret", "verifyToken": "vt-secret", "webhookSecret": "ws-secret",
          "buffer": { "enabled": true, "seconds": 4, "messages": 3 }, "bot": { "enabled": false },
          "fallbackText": "{{messageCount}}|{{text}}", "providerInstance": "evo-1" }
        """;

    [Fact]
    public async Task Created_InstanceShowsItsSettingsAndNotItsSecrets()
    {
        await using var host = await ApiHost.StartAsync();
        var response = await host.Client.PostAsync("/api/instances", Json(Evolution));

        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        response.Headers.Location!.ToString().ShouldBe("/api/instances/shop");
        var text = await response.Content.ReadAsStringAsync();
        text.ShouldNotContain("-secret");
        var instance = JsonDocument.Parse(text).RootElement;
        instance.GetProperty("id").GetString().ShouldNotBeNullOrEmpty();
        instance.GetProperty("name").GetString().ShouldBe("shop");
        instance.GetProperty("provider").GetString().ShouldBe("evolution");
        instance.GetProperty("baseUrl").GetString().ShouldBe("http://127.0.0.1:9001");
        instance.GetProperty("phoneNumberId").GetString().ShouldBe("123");
        instance.GetProperty("providerInstance").GetString().ShouldBe("evo-1");
        instance.GetProperty("buffer").GetProperty("seconds").GetInt32().ShouldBe(4);
        instance.GetProperty("buffer").GetProperty("messages").GetInt32().ShouldBe(3);
        instance.GetProperty("buffer").GetProperty("enabled").GetBoolean().ShouldBeTrue();
        instance.GetProperty("bot").GetProperty("enabled").GetBoolean().ShouldBeFalse();
        instance.GetProperty("fallbackText").GetString().ShouldBe("{{messageCount}}|{{text}}");
        foreach (var name in new[] { "apiKey", "accessToken", "appSecret", "verifyToken", "webhookSecret" })
        {
            instance.GetProperty("credentials").GetProperty(name).GetBoolean().ShouldBeTrue();
        }

        instance.GetProperty("session").GetProperty("status").GetString().ShouldBe("ready");
        instance.GetProperty("inboundUrl").GetString().ShouldBe($"{host.Address.ToString().TrimEnd('/')}/api/inbound/evolution/shop");
        instance.GetProperty("createdAt").GetDateTimeOffset().ShouldNotBe(default);
        instance.GetProperty("updatedAt").GetDateTimeOffset().ShouldNotBe(default);
    }

    [Fact]
    public async Task Created_WithNameAndProviderOnly_HasTheDefaults()
    {
        await using var host = await ApiHost.StartAsync();
        var instance = await ApiHost.ReadAsync(await host.Client.PostAsync("/api/instances", Json("""{"name":"play","provider":"sandbox"}""")));
        instance.GetProperty("buffer").GetProperty("seconds").GetInt32().ShouldBe(8);
        instance.GetProperty("buffer").GetProperty("messages").GetInt32().ShouldBe(5);
        instance.GetProperty("bot").GetProperty("enabled").GetBoolean().ShouldBeTrue();
        instance.GetProperty("fallbackText").GetString().ShouldBe("");
        instance.GetProperty("credentials").GetProperty("apiKey").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Created_Instance_TakesDeliveriesAtOnce()
    {
        await using var host = await ApiHost.StartAsync();
        (await host.DeliverAsync("generic/shop", Samples.Generic("m1"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await host.Client.PostAsync("/api/instances", Json("""{"name":"shop","provider":"generic"}"""));
        (await host.DeliverAsync("generic/shop", Samples.Generic("m1"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        await host.Client.DeleteAsync("/api/instances/shop");
        (await host.DeliverAsync("generic/shop", Samples.Generic("m2"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("""{"provider":"generic"}""", "name")]
    [InlineData("""{"name":"Shop","provider":"generic"}""", "name")]
    [InlineData("""{"name":"-shop","provider":"generic"}""", "name")]
    [InlineData("""{"name":"shop"}""", "provider")]
    [InlineData("""{"name":"shop","provider":"telegram"}""", "provider")]
    [InlineData("""{"name":"shop","provider":"generic","baseUrl":"ftp://x"}""", "baseUrl")]
    [InlineData("""{"name":"shop","provider":"generic","baseUrl":"/relative"}""", "baseUrl")]
    [InlineData("""{"name":"shop","provider":"generic","baseUrl":"http://user:pass@host"}""", "baseUrl")]
    [InlineData("""{"name":"shop","provider":"generic","baseUrl":"http://user@host"}""", "baseUrl")]
    [InlineData("""{"name":"shop","provider":"evolution","baseUrl":"http://host/?key=1"}""", "baseUrl")]
    [InlineData("""{"name":"shop","provider":"waha","baseUrl":"http://host/path?"}""", "baseUrl")]
    [InlineData("""{"name":"shop","provider":"generic","baseUrl":"http://host/hook?flow=3#part"}""", "baseUrl")]
    [InlineData("""{"name":"shop","provider":"evolution","baseUrl":"http://host/#part"}""", "baseUrl")]
    [InlineData("""{"name":"shop","provider":"generic","smartBot":{"ai":{"kind":"openAi,ollama","baseUrl":"http://host","model":"m"}}}""", "smartBot.ai.kind")]
    [InlineData("""{"name":"shop","provider":"generic","smartBot":{"embedder":{"kind":"openAi,ollama","baseUrl":"http://host","model":"m"}}}""", "smartBot.embedder.kind")]
    [InlineData("""{"name":"shop","provider":"generic","smartBot":{"ai":{"kind":"1","baseUrl":"http://host","model":"m"}}}""", "smartBot.ai.kind")]
    [InlineData("""{"name":"shop","provider":"generic","smartBot":{"ai":{"kind":1,"baseUrl":"http://host","model":"m"}}}""", "smartBot.ai.kind")]
    [InlineData("""{"name":"shop","provider":"generic","buffer":{"seconds":0}}""", "buffer.seconds")]
    [InlineData("""{"name":"shop","provider":"generic","buffer":{"seconds":61}}""", "buffer.seconds")]
    [InlineData("""{"name":"shop","provider":"generic","buffer":{"messages":101}}""", "buffer.messages")]
    [InlineData("""{"name":"shop","provider":"generic","buffer":{"seconds":"soon"}}""", "buffer.seconds")]
    [InlineData("""{"name":"shop","provider":"generic","contactsPerDay":-1}""", "contactsPerDay")]
    [InlineData("""{"name":"shop","provider":"generic","contactsPerDay":1000001}""", "contactsPerDay")]
    [InlineData("""{"name":"shop","provider":"generic","apiKey":"a\r\nX-Evil: 1"}""", "apiKey")]
    public async Task Instance_NotValid_SaysWhichField(string body, string field)
    {
        await using var host = await ApiHost.StartAsync();
        var response = await host.Client.PostAsync("/api/instances", Json(body));
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = await ApiHost.ReadAsync(response);
        problem.GetProperty("code").GetString().ShouldBe("validation_failed");
        problem.GetProperty("errors").GetProperty(field).GetArrayLength().ShouldBeGreaterThan(0);
        host.Cluster.Instances.ShouldBeEmpty();
    }

    // The generic provider posts to the very address: what its receiver wants there is the receiver's affair.
    [Fact]
    public async Task Generic_AddressWithAQuery_IsTaken()
    {
        await using var host = await ApiHost.StartAsync();
        var response = await host.Client.PostAsync("/api/instances", Json("""{"name":"shop","provider":"generic","baseUrl":"http://host/hook?flow=3"}"""));
        response.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Changed_AddressWithAPassword_Is400AndTheOldOneStays()
    {
        await using var host = await ApiHost.StartAsync(new FakeCluster().With("shop", ProviderKind.Waha, settings: plain => plain with { BaseUrl = "http://host" }));
        (await host.Client.PatchAsync("/api/instances/shop", Json("""{"baseUrl":"http://user:pass@host"}"""))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await host.Client.PatchAsync("/api/instances/shop", Json("""{"baseUrl":"http://host?a=b"}"""))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var instance = await ApiHost.ReadAsync(await host.Client.GetAsync("/api/instances/shop"));
        instance.GetProperty("baseUrl").GetString().ShouldBe("http://host");
    }

    [Fact]
    public async Task Name_Taken_Is409()
    {
        await using var host = await ApiHost.StartAsync(new FakeCluster().With("shop", ProviderKind.Generic));
        var response = await host.Client.PostAsync("/api/instances", Json(Evolution));
        response.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await ApiHost.ReadAsync(response)).GetProperty("code").GetString().ShouldBe("name_taken");
    }

    [Fact]
    public async Task Change_LeavesWhatIsAbsentAndClearsWhatIsEmpty()
    {
        await using var host = await ApiHost.StartAsync();
        await host.Client.PostAsync("/api/instances", Json(Evolution));

        var response = await host.Client.PatchAsync("/api/instances/shop", Json("""{"buffer":{"seconds":9},"bot":{"enabled":true},"apiKey":"","baseUrl":""}"""));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var instance = await ApiHost.ReadAsync(response);
        instance.GetProperty("buffer").GetProperty("seconds").GetInt32().ShouldBe(9);
        instance.GetProperty("buffer").GetProperty("messages").GetInt32().ShouldBe(3);
        instance.GetProperty("bot").GetProperty("enabled").GetBoolean().ShouldBeTrue();
        instance.GetProperty("fallbackText").GetString().ShouldBe("{{messageCount}}|{{text}}");
        instance.GetProperty("baseUrl").ValueKind.ShouldBe(JsonValueKind.Null);
        instance.GetProperty("credentials").GetProperty("apiKey").GetBoolean().ShouldBeFalse();
        instance.GetProperty("credentials").GetProperty("appSecret").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task ContactsPerDay_IsSetKeptAndTakenAway()
    {
        await using var host = await ApiHost.StartAsync();
        await host.Client.PostAsync("/api/instances", Json("""{"name":"shop","provider":"generic","contactsPerDay":250}"""));

        (await ContactsAsync("""{"fallbackText":"hi"}""")).GetInt32().ShouldBe(250);
        (await ContactsAsync("""{"contactsPerDay":2000}""")).GetInt32().ShouldBe(2_000);
        (await ContactsAsync("""{"contactsPerDay":0}""")).ValueKind.ShouldBe(JsonValueKind.Null);

        async Task<JsonElement> ContactsAsync(string change) =>
            (await ApiHost.ReadAsync(await host.Client.PatchAsync("/api/instances/shop", Json(change)))).GetProperty("contactsPerDay");
    }

    [Fact]
    public async Task Change_IsSeenByTheNextDelivery()
    {
        await using var host = await ApiHost.StartAsync(new FakeCluster().With("shop", ProviderKind.Generic));
        await host.DeliverAsync("generic/shop", Samples.Generic("m1"));
        await host.Client.PatchAsync("/api/instances/shop", Json("""{"webhookSecret":"s","buffer":{"enabled":false}}"""));
        (await host.DeliverAsync("generic/shop", Samples.Generic("m2"))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("""{"name":"other"}""", "name")]
    [InlineData("""{"provider":"cloud"}""", "provider")]
    public async Task Change_OfNameOrProvider_Is400(string body, string field)
    {
        await using var host = await ApiHost.StartAsync(new FakeCluster().With("shop", ProviderKind.Generic));
        var response = await host.Client.PatchAsync("/api/instances/shop", Json(body));
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await ApiHost.ReadAsync(response)).GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Patch_WhileAnotherChangesOtherMembers_KeepsBoth()
    {
        var cluster = new FakeCluster().With("shop", ProviderKind.Sandbox);
        await using var host = await ApiHost.StartAsync(cluster);
        var shop = cluster.Instance("shop");
        shop.BeforeUpdate = () => shop.Set(new InstanceSettings { Provider = ProviderKind.Sandbox, BotEnabled = false }, new InstanceCredentials());

        var answer = await ApiHost.ReadAsync(await host.Client.PatchAsync("/api/instances/shop", Json("""{"fallbackText":"hello"}""")));

        answer.GetProperty("fallbackText").GetString().ShouldBe("hello");
        answer.GetProperty("bot").GetProperty("enabled").GetBoolean().ShouldBeFalse("the kill switch was set meanwhile");
    }

    [Fact]
    public async Task Unknown_Instance_Is404Everywhere()
    {
        await using var host = await ApiHost.StartAsync();
        (await host.Client.GetAsync("/api/instances/nobody")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await host.Client.GetAsync("/api/instances/NOBODY")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await host.Client.PatchAsync("/api/instances/nobody", Json("{}"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await host.Client.DeleteAsync("/api/instances/nobody")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await host.Client.GetAsync("/api/session/state?instance=nobody")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task List_IsPagedByName()
    {
        var cluster = new FakeCluster();
        foreach (var name in new[] { "c", "a", "e", "b", "d" }) cluster.With(name, ProviderKind.Generic);
        await using var host = await ApiHost.StartAsync(cluster);
        var names = new List<string>();
        string? cursor = null;
        do
        {
            var page = await ApiHost.ReadAsync(await host.Client.GetAsync($"/api/instances?limit=2{(cursor is null ? "" : $"&cursor={cursor}")}"));
            names.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("name").GetString()!));
            cursor = page.GetProperty("nextCursor").GetString();
        }
        while (cursor is not null);
        names.ShouldBe(["a", "b", "c", "d", "e"]);
    }

    [Theory]
    [InlineData("zzz")]
    [InlineData("shop")]
    [InlineData("bWVzc2FnZXN8MHwwfG1zZ18x")]
    public async Task List_CursorOfNoPage_IsRefused(string cursor)
    {
        await using var host = await ApiHost.StartAsync();
        var answer = await host.Client.GetAsync($"/api/instances?cursor={cursor}");
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await ApiHost.ReadAsync(answer)).GetProperty("errors").TryGetProperty("cursor", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Key_BoundToOneInstance_SeesNoOther()
    {
        await using var host = await ApiHost.StartAsync(new FakeCluster().With("mine", ProviderKind.Generic).With("theirs", ProviderKind.Sandbox));
        using var client = await host.ClientAsync(Role.Admin, "mine");
        var list = await ApiHost.ReadAsync(await client.GetAsync("/api/instances"));
        list.GetProperty("items").EnumerateArray().ShouldHaveSingleItem().GetProperty("name").GetString().ShouldBe("mine");
        (await client.GetAsync("/api/instances/theirs")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await client.PatchAsync("/api/instances/theirs", Json("{}"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await client.DeleteAsync("/api/instances/theirs")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await client.GetAsync("/api/session/state?instance=theirs")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await client.GetAsync("/api/sandbox/theirs/phones")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await client.GetAsync("/api/queue/stats?instance=theirs")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await client.PostAsync("/api/queue/dead-letters/replay?instance=theirs", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await client.PostAsync("/api/messages/send-text", Json("""{"instance":"theirs","chatId":"201000000001","text":"x"}"""))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Session_IsReadByInstance()
    {
        await using var host = await ApiHost.StartAsync(new FakeCluster().With("shop", ProviderKind.Generic));
        var state = await ApiHost.ReadAsync(await host.Client.GetAsync("/api/session/state?instance=shop"));
        state.GetProperty("instance").GetString().ShouldBe("shop");
        state.GetProperty("status").GetString().ShouldBe("ready");
        (await host.Client.GetAsync("/api/session/state")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
