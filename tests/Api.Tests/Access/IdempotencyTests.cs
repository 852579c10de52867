using System.Net;
using System.Text;
using Waqtor.Access;
using Waqtor.Api.Tests.Fakes;
using Waqtor.Api.Tests.Hosting;
using Waqtor.Instances;

namespace Waqtor.Api.Tests.Access;

public sealed class IdempotencyTests
{
    private const string Text = """{"instance":"shop","chatId":"201000000001","text":"hi"}""";

    private static FakeCluster Shop() => new FakeCluster().With("shop", ProviderKind.Generic);

    [Fact]
    public async Task SameKeyAndBody_GetsTheSameAnswerAndSendsOnce()
    {
        await using var host = await ApiHost.StartAsync(Shop());
        var first = await SendAsync(host.Client, "k1", Text);
        var second = await SendAsync(host.Client, "k1", Text);

        first.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        second.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await second.Content.ReadAsStringAsync()).ShouldBe(await first.Content.ReadAsStringAsync());
        second.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        second.Headers.GetValues("Idempotency-Replayed").ShouldBe(["true"]);
        host.Cluster.ConversationOf("shop", "201000000001").Sends.ShouldHaveSingleItem().IdempotencyKey.ShouldBe("admin/k1");
    }

    [Fact]
    public async Task SameKeyOtherBody_Is422()
    {
        await using var host = await ApiHost.StartAsync(Shop());
        await SendAsync(host.Client, "k1", Text);
        var other = await SendAsync(host.Client, "k1", Text.Replace("hi", "ho", StringComparison.Ordinal));
        other.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await ApiHost.ReadAsync(other)).GetProperty("code").GetString().ShouldBe("idempotency_mismatch");
    }

    [Fact]
    public async Task SameKey_WhileInProgress_Is409()
    {
        await using var host = await ApiHost.StartAsync(Shop());
        await host.Cluster.Grains.GetGrain<IIdempotencyGrain>("admin/k1").BeginAsync(Hash("POST /api/messages/send-text\n" + Text));
        var response = await SendAsync(host.Client, "k1", Text);
        response.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await ApiHost.ReadAsync(response)).GetProperty("code").GetString().ShouldBe("idempotency_in_progress");
    }

    [Fact]
    public async Task SameKey_OfTwoCallers_AreTwoKeys()
    {
        await using var host = await ApiHost.StartAsync(Shop());
        using var other = await host.ClientAsync(Role.Operator);
        await SendAsync(host.Client, "k1", Text);
        (await SendAsync(other, "k1", Text.Replace("hi", "ho", StringComparison.Ordinal))).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        host.Cluster.ConversationOf("shop", "201000000001").Sends.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(0, 400)]
    [InlineData(255, 202)]
    [InlineData(256, 400)]
    public async Task Key_HasALength(int characters, int expected)
    {
        await using var host = await ApiHost.StartAsync(Shop());
        ((int)(await SendAsync(host.Client, new string('k', characters), Text)).StatusCode).ShouldBe(expected);
    }

    [Fact]
    public async Task ValidationFailure_IsRepeatedToo_AndAnotherBodyIs422()
    {
        await using var host = await ApiHost.StartAsync(Shop());
        (await SendAsync(host.Client, "k1", "{}")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await SendAsync(host.Client, "k1", "{}")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await SendAsync(host.Client, "k1", Text)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task ServerFailure_IsNotKept()
    {
        await using var host = await ApiHost.StartAsync(Shop());
        var conversation = host.Cluster.ConversationOf("shop", "201000000001");
        conversation.Refusal = "queue_full";
        (await SendAsync(host.Client, "k1", Text)).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        conversation.Refusal = null;
        (await SendAsync(host.Client, "k1", Text)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task CreatedKey_IsNotShownASecondTime()
    {
        await using var host = await ApiHost.StartAsync();
        const string Body = """{"name":"robot","role":"viewer"}""";
        var first = await ApiHost.ReadAsync(await SendAsync(host.Client, "k1", Body, "/api/keys"));
        var second = await ApiHost.ReadAsync(await SendAsync(host.Client, "k1", Body, "/api/keys"));
        second.GetProperty("id").GetString().ShouldBe(first.GetProperty("id").GetString());
        first.GetProperty("key").GetString().ShouldNotBeNull();
        second.GetProperty("key").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        host.Cluster.Keys.ShouldHaveSingleItem();
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, string key, string body, string path = "/api/messages/send-text")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return client.SendAsync(request);
    }

    private static string Hash(string text) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
