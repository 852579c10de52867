using System.Net;
using System.Text;
using NSubstitute;
using NSubstitute.ExceptionExtensions;
using Orleans.Runtime;
using Waqtor.Api.Tests.Fakes;
using Waqtor.Api.Tests.Hosting;
using Waqtor.Instances;

namespace Waqtor.Api.Tests.Conventions;

public sealed class ConventionsTests
{
    [Theory]
    [InlineData("/api/nothing")]
    [InlineData("/api/v1/nothing")]
    [InlineData("/api")]
    [InlineData("/api/instances/a/b/c")]
    public async Task Address_Unknown_Is404AsAProblem(string path)
    {
        await using var host = await ApiHost.StartAsync();
        var response = await host.Client.GetAsync(path);
        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await ApiHost.ReadAsync(response)).GetProperty("code").GetString().ShouldBe("not_found");
    }

    [Theory]
    [InlineData("PUT", "/api/instances")]
    [InlineData("DELETE", "/api/messages")]
    [InlineData("PUT", "/api/inbound/generic/shop")]
    public async Task Method_Wrong_Is405AsAProblem(string method, string path)
    {
        await using var host = await ApiHost.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        var response = await host.Client.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        (await ApiHost.ReadAsync(response)).GetProperty("code").GetString().ShouldBe("method_not_allowed");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"name\":\"\\ud800\"}")]
    [InlineData("{\"buffer\":{\"seconds\":1e400}}")]
    public async Task Body_BrokenJson_Is400AsAProblem(string body)
    {
        await using var host = await ApiHost.StartAsync();
        var response = await host.Client.PostAsync("/api/instances", new StringContent(body, Encoding.UTF8, "application/json"));
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await response.Content.ReadAsStringAsync()).ShouldNotContain("Waqtor.Api");
    }

    [Theory]
    [InlineData("{\"name\":")]
    [InlineData("{\"name\":\"shop\",\"buffer\":{\"seconds\":")]
    [InlineData("{\"name\":}")]
    public async Task Body_ThatIsNoJson_IsInvalidJsonAndNoFieldsFault(string body)
    {
        await using var host = await ApiHost.StartAsync();
        var problem = await ApiHost.ReadAsync(await host.Client.PostAsync("/api/instances", new StringContent(body, Encoding.UTF8, "application/json")));
        problem.GetProperty("code").GetString().ShouldBe("invalid_json");
        problem.TryGetProperty("errors", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Body_FieldOfAnotherForm_NamesTheField()
    {
        await using var host = await ApiHost.StartAsync();
        var body = new StringContent("{\"name\":\"shop\",\"buffer\":{\"seconds\":\"many\"}}", Encoding.UTF8, "application/json");
        var problem = await ApiHost.ReadAsync(await host.Client.PostAsync("/api/instances", body));
        problem.GetProperty("code").GetString().ShouldBe("validation_failed");
        problem.GetProperty("errors").TryGetProperty("buffer.seconds", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Body_TenThousandDeep_Is400()
    {
        await using var host = await ApiHost.StartAsync();
        var body = string.Concat(Enumerable.Repeat("{\"buffer\":", 10_000)) + "1" + new string('}', 10_000);
        (await host.Client.PostAsync("/api/instances", new StringContent(body, Encoding.UTF8, "application/json"))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Body_OfOtherType_Is415()
    {
        await using var host = await ApiHost.StartAsync();
        var response = await host.Client.PostAsync("/api/instances", new StringContent("name=x", Encoding.UTF8, "application/x-www-form-urlencoded"));
        response.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await ApiHost.ReadAsync(response)).GetProperty("code").GetString().ShouldBe("unsupported_media_type");
    }

    [Fact]
    public async Task Body_OfTheApi_OverTheLimit_Is413()
    {
        await using var host = await ApiHost.StartAsync();
        using var connection = new RawConnection(host.Address);
        await connection.WriteAsync(
            $"POST /api/instances HTTP/1.1\r\nHost: x\r\nX-API-Key: {ApiHost.AdminKey}\r\nContent-Type: application/json\r\nContent-Length: 5000000\r\n\r\n");
        (await connection.ReadStatusAsync()).ShouldStartWith("HTTP/1.1 413");
    }

    [Theory]
    [InlineData("/api/conversations?limit=0")]
    [InlineData("/api/conversations?limit=201")]
    [InlineData("/api/messages?limit=-1")]
    [InlineData("/api/instances?limit=0")]
    [InlineData("/api/deliveries?limit=1000")]
    [InlineData("/api/queue/dead-letters?limit=0")]
    [InlineData("/api/messages?status=lost")]
    [InlineData("/api/messages?direction=1")]
    [InlineData("/api/deliveries?outcome=gone")]
    [InlineData("/api/conversations?phone=abc")]
    public async Task Query_NotValid_Is400(string path)
    {
        await using var host = await ApiHost.StartAsync();
        var response = await host.Client.GetAsync(path);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Theory]
    [InlineData("/api/conversations?limit=10&unread=perhaps", "unread", "true or false.")]
    [InlineData("/api/conversations?limit=many&unread=true", "limit", "A whole number.")]
    [InlineData("/api/messages?limit=99999999999", "limit", "A whole number.")]
    [InlineData("/api/messages?limit=1.5", "limit", "A whole number.")]
    [InlineData("/api/session/state", "instance", "Needed.")]
    [InlineData("/api/keys?limit=0", "limit", "1 to 200.")]
    public async Task Query_OfAnotherType_SaysWhichAndWhatItShouldBe(string path, string field, string error)
    {
        await using var host = await ApiHost.StartAsync();
        var response = await host.Client.GetAsync(path);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = await ApiHost.ReadAsync(response);
        problem.GetProperty("code").GetString().ShouldBe("validation_failed");
        problem.GetProperty("errors").EnumerateObject().ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            one => one.Name.ShouldBe(field),
            one => one.Value[0].GetString().ShouldBe(error));
    }

    [Fact]
    public async Task Cursor_OfAnotherList_Is400()
    {
        var cluster = new FakeCluster();
        cluster.Archive.ListMessagesAsync(default!, default).ThrowsAsyncForAnyArgs(new ArgumentException("no", "cursor"));
        await using var host = await ApiHost.StartAsync(cluster);
        var response = await host.Client.GetAsync("/api/messages?cursor=x");
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await ApiHost.ReadAsync(response)).GetProperty("errors").TryGetProperty("cursor", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Exception_Unexpected_IsAnEmpty500()
    {
        var cluster = new FakeCluster();
        cluster.Archive.ListMessagesAsync(default!, default).ThrowsAsyncForAnyArgs(new InvalidOperationException("the secret inside"));
        await using var host = await ApiHost.StartAsync(cluster);
        var response = await host.Client.GetAsync("/api/messages");
        response.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        var text = await response.Content.ReadAsStringAsync();
        text.ShouldNotContain("the secret inside");
        text.ShouldContain("internal_error");
        host.Log.Lines.ShouldContain(line => line.Contains("the secret inside", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(StoreFailures))]
    public async Task Store_NotAnswering_Is503WithRetryAfter(Exception failure)
    {
        var cluster = new FakeCluster();
        cluster.Archive.ListMessagesAsync(default!, default).ThrowsAsyncForAnyArgs(failure);
        await using var host = await ApiHost.StartAsync(cluster);
        var response = await host.Client.GetAsync("/api/messages");
        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        (await ApiHost.ReadAsync(response)).GetProperty("code").GetString().ShouldBe("store_unavailable");
    }

    public static TheoryData<Exception> StoreFailures => [new TimeoutException("slow"), new IOException("disk"), new OrleansException("gone"), new AggregateException(new IOException("disk"))];

    [Fact]
    public async Task Limit_Reached_Is409WithTheKeyOfTheLimit()
    {
        var cluster = new FakeCluster();
        cluster.With("play", ProviderKind.Sandbox);
        cluster.Sandbox.PutPhoneAsync(default!, default!).ThrowsAsyncForAnyArgs(new LimitExceededException("The limit is Waqtor:Sandbox:PhonesMax."));
        await using var host = await ApiHost.StartAsync(cluster);
        var response = await host.Client.PutAsync("/api/sandbox/play/phones/15550001111", new StringContent("{}", Encoding.UTF8, "application/json"));
        response.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await ApiHost.ReadAsync(response)).GetProperty("detail").GetString()!.ShouldContain("Waqtor:Sandbox:PhonesMax");
    }

    [Fact]
    public async Task Answer_OfTheApi_HasProtectiveHeaders()
    {
        await using var host = await ApiHost.StartAsync();
        var response = await host.Client.GetAsync("/api/instances");
        response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        response.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("frame-ancestors 'none'");
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        response.Headers.Contains("Server").ShouldBeFalse();
    }

    [Fact]
    public async Task List_HasItemsAndNextCursor()
    {
        await using var host = await ApiHost.StartAsync();
        foreach (var path in new[] { "instances", "conversations", "messages", "deliveries", "keys", "queue/dead-letters" })
        {
            foreach (var prefix in new[] { "/api", "/api/v1" })
            {
                var page = await ApiHost.ReadAsync(await host.Client.GetAsync($"{prefix}/{path}"));
                page.GetProperty("items").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Array);
                page.GetProperty("nextCursor").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
            }
        }
    }
}
