using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Waqtor.Conversations;
using Waqtor.Instances;
using Waqtor.Sending;

namespace Waqtor.WhatsApp.Tests;

/// <summary>How each way to fail ends: above all, whether the message may have gone out.</summary>
public sealed class SenderFailureTests : IDisposable
{
    private readonly SenderFixture _fixture = new();

    public static TheoryData<ProviderKind> OverHttp => [ProviderKind.Cloud, ProviderKind.Evolution, ProviderKind.Waha, ProviderKind.Generic];

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [MemberData(nameof(OverHttp))]
    public async Task Connection_Refused_IsRetried(ProviderKind provider)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = $"http://{listener.LocalEndpoint}";
        listener.Stop();

        ShouldBe(await _fixture.SendAsync(provider, address), SendOutcome.Retry, "connection_failed");
    }

    [Fact]
    public async Task Host_Unknown_IsRetried()
    {
        var handler = new FailingHandler(new HttpRequestException(HttpRequestError.NameResolutionError));
        ShouldBe(await SendThrough(handler), SendOutcome.Retry, "name_resolution");
    }

    [Fact]
    public async Task Tls_SpokenToAPlainServer_IsRetried()
    {
        await using var gateway = await FakeGateway.StartAsync(200, "{}");
        var result = await _fixture.SendAsync(ProviderKind.Waha, gateway.Address.Replace("http:", "https:", StringComparison.Ordinal));
        ShouldBe(result, SendOutcome.Retry, "tls");
        gateway.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Time_RunsOutBeforeTheRequestLeft_IsRetried()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        // A server that accepts and never speaks keeps the TLS handshake waiting.
        var sending = _fixture.SendAsync(ProviderKind.Waha, $"https://{listener.LocalEndpoint}");
        using var accepted = await listener.AcceptTcpClientAsync();
        _fixture.Clock.LetAllTimersFire();
        ShouldBe(await sending, SendOutcome.Retry, "connect_timeout");
    }

    [Theory]
    [MemberData(nameof(OverHttp))]
    public async Task Time_RunsOutAfterTheRequestLeft_IsAmbiguous(ProviderKind provider)
    {
        var received = new TaskCompletionSource();
        await using var gateway = await FakeGateway.StartAsync(context =>
        {
            received.SetResult();
            return WaitForHangUp(context);
        });
        var sending = _fixture.SendAsync(provider, gateway.Address);
        await received.Task;
        _fixture.Clock.Waits.ShouldContain(TimeSpan.FromSeconds(10));
        _fixture.Clock.LetAllTimersFire();
        ShouldBe(await sending, SendOutcome.Ambiguous, "timeout");
    }

    [Theory]
    [MemberData(nameof(OverHttp))]
    public async Task Connection_BrokenAfterTheRequestLeft_IsAmbiguousAndNotRepeated(ProviderKind provider)
    {
        await using var gateway = await FakeGateway.StartAsync(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        ShouldBe(await _fixture.SendAsync(provider, gateway.Address), SendOutcome.Ambiguous, "connection_lost");
        gateway.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Host_StopsWhileSending_IsAmbiguousAndDoesNotThrow()
    {
        using var stop = new CancellationTokenSource();
        await using var gateway = await FakeGateway.StartAsync(context =>
        {
            stop.Cancel();
            return WaitForHangUp(context);
        });
        ShouldBe(await _fixture.SendAsync(ProviderKind.Cloud, gateway.Address, cancellationToken: stop.Token), SendOutcome.Ambiguous, "stopped");
        ShouldBe(await _fixture.SendAsync(ProviderKind.Cloud, gateway.Address, cancellationToken: stop.Token), SendOutcome.Retry, "stopped");
    }

    [Theory]
    [InlineData("")]
    [InlineData("OK")]
    [InlineData("<html>welcome to our hotel</html>")]
    [InlineData("[")]
    public async Task Success_WithAnAnswerThatCannotBeRead_IsAmbiguous(string answer)
    {
        await using var gateway = await FakeGateway.StartAsync(200, answer);
        foreach (var provider in (ProviderKind[])[ProviderKind.Cloud, ProviderKind.Evolution, ProviderKind.Waha])
            ShouldBe(await _fixture.SendAsync(provider, gateway.Address), SendOutcome.Ambiguous, "unreadable_answer");
    }

    [Fact]
    public async Task CloudSuccess_WithoutAnId_IsAmbiguous()
    {
        await using var gateway = await FakeGateway.StartAsync(200, """{"messages":[]}""");
        ShouldBe(await _fixture.SendAsync(ProviderKind.Cloud, gateway.Address), SendOutcome.Ambiguous, "unreadable_answer");
    }

    [Theory]
    [InlineData(200, SendOutcome.Ambiguous, "unreadable_answer")]
    [InlineData(500, SendOutcome.Retry, "http_500")]
    [InlineData(400, SendOutcome.Final, "http_400")]
    public async Task Answer_TooLong_IsJudgedByItsStatus(int status, SendOutcome outcome, string code)
    {
        await using var gateway = await FakeGateway.StartAsync(status, $$"""{"messages":[{"id":"wamid.NEW"}],"filler":"{{new string('x', 100_000)}}"}""");
        ShouldBe(await _fixture.SendAsync(ProviderKind.Cloud, gateway.Address), outcome, code);
    }

    [Theory]
    [InlineData(200, SendOutcome.Ambiguous, "unreadable_answer")]
    [InlineData(429, SendOutcome.Wait, "http_429")]
    public async Task Answer_ThatBreaksOffAfterItsHead_IsJudgedByItsStatus(int status, SendOutcome outcome, string code)
    {
        await using var gateway = await FakeGateway.StartAsync(async context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentLength = 1_000;
            await context.Response.WriteAsync("""{"messages":[{"id":"wamid.NEW"}]}""");
            // The server finds that the rest is missing, and closes the connection.
            await context.Response.Body.FlushAsync();
        });
        ShouldBe(await _fixture.SendAsync(ProviderKind.Cloud, gateway.Address), outcome, code);
    }

    [Theory]
    [MemberData(nameof(OverHttp))]
    public async Task Redirect_IsNeverFollowed(ProviderKind provider)
    {
        await using var gateway = await FakeGateway.StartAsync(context =>
        {
            context.Response.StatusCode = 307;
            context.Response.Headers.Location = "/elsewhere";
            return Task.CompletedTask;
        });
        ShouldBe(await _fixture.SendAsync(provider, gateway.Address), SendOutcome.Final, "redirect");
        gateway.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("30", 30)]
    [InlineData("Mon, 01 Jun 2026 12:01:00 GMT", 60)]
    [InlineData("Mon, 01 Jun 2026 11:00:00 GMT", 0)]
    [InlineData("99999999", 86_400)]
    public async Task TooManyRequests_WithRetryAfter_WaitsAsLongAsAsked(string header, int seconds)
    {
        await using var gateway = await FakeGateway.StartAsync(context =>
        {
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = header;
            return Task.CompletedTask;
        });
        var result = await _fixture.SendAsync(ProviderKind.Evolution, gateway.Address);
        ShouldBe(result, SendOutcome.Wait, "http_429");
        result.RetryAfter.ShouldBe(TimeSpan.FromSeconds(seconds));
    }

    [Theory]
    [InlineData(400, """{"error":{"message":"(#131056) pair rate","type":"OAuthException","code":131056,"error_data":{"details":"too many"}}}""", SendOutcome.Wait, "131056", true)]
    [InlineData(400, """{"error":{"message":"(#131047) Re-engagement message","code":131047}}""", SendOutcome.Final, "131047", false)]
    [InlineData(403, """{"error":{"message":"limit","code":4}}""", SendOutcome.Wait, "4", false)]
    [InlineData(401, """{"error":{"message":"Session has expired","code":190}}""", SendOutcome.Final, "auth", false)]
    [InlineData(500, """{"error":{"message":"try again","code":131000}}""", SendOutcome.Retry, "131000", false)]
    [InlineData(200, """{"error":{"message":"limit","code":80007}}""", SendOutcome.Wait, "80007", false)]
    [InlineData(400, "not json", SendOutcome.Final, "http_400", false)]
    public async Task CloudError_Answered_IsSortedByItsCode(int status, string answer, SendOutcome outcome, string code, bool contactOnly)
    {
        await using var gateway = await FakeGateway.StartAsync(status, answer);
        var result = await _fixture.SendAsync(ProviderKind.Cloud, gateway.Address);
        ShouldBe(result, outcome, code);
        result.ContactOnly.ShouldBe(contactOnly);
    }

    [Theory]
    [InlineData(400, """{"status":400,"error":"Bad Request","response":{"message":[{"jid":"1@s.whatsapp.net","exists":false,"number":"1"}]}}""", SendOutcome.Final, "not_on_whatsapp")]
    [InlineData(400, """{"status":400,"error":"Bad Request","response":{"message":["Error: Connection Closed"]}}""", SendOutcome.Retry, "not_connected")]
    [InlineData(404, """{"status":404,"error":"Not Found","response":{"message":["The \"x\" instance does not exist"]}}""", SendOutcome.Final, "http_404")]
    [InlineData(401, """{"status":401,"error":"Unauthorized","response":{"message":"Unauthorized"}}""", SendOutcome.Final, "auth")]
    [InlineData(500, """{"status":500,"error":"Internal Server Error","response":{"message":"boom"}}""", SendOutcome.Retry, "http_500")]
    public async Task EvolutionError_Answered_IsSorted(int status, string answer, SendOutcome outcome, string code)
    {
        await using var gateway = await FakeGateway.StartAsync(status, answer);
        ShouldBe(await _fixture.SendAsync(ProviderKind.Evolution, gateway.Address), outcome, code);
    }

    [Theory]
    [InlineData(422, """{"error":"Session status is not as expected.","session":"default","status":"STARTING","expected":["WORKING"]}""", SendOutcome.Retry, "session_not_working")]
    [InlineData(422, """{"statusCode":422,"message":["chatId must be a string"],"error":"Unprocessable Entity"}""", SendOutcome.Final, "http_422")]
    [InlineData(401, """{"message":"Unauthorized","statusCode":401}""", SendOutcome.Final, "auth")]
    [InlineData(500, """{"statusCode":500,"message":"boom"}""", SendOutcome.Retry, "http_500")]
    [InlineData(500, """{"error":{"code":463,"message":"reachout timelock"}}""", SendOutcome.Final, "463")]
    public async Task WahaError_Answered_IsSorted(int status, string answer, SendOutcome outcome, string code)
    {
        await using var gateway = await FakeGateway.StartAsync(status, answer);
        ShouldBe(await _fixture.SendAsync(ProviderKind.Waha, gateway.Address), outcome, code);
    }

    [Fact]
    public async Task Credentials_QuotedBackByTheProvider_AreTakenOut()
    {
        await using var gateway = await FakeGateway.StartAsync(401,
            """{"error":{"message":"Malformed access token TOKEN","code":190,"error_data":{"details":"TOKEN"}}}"""
                .Replace("TOKEN", SenderFixture.AccessToken, StringComparison.Ordinal));
        var error = (await _fixture.SendAsync(ProviderKind.Cloud, gateway.Address)).Error!;
        error.ToString().ShouldNotContain(SenderFixture.AccessToken);
        error.Title.ShouldBe("Malformed access token …");
    }

    [Fact]
    public async Task Logs_OfSuccessAndFailure_TellNoSecretNumberOrText()
    {
        foreach (var (status, body) in ((int, string)[])[(200, """{"messages":[{"id":"wamid.1"}],"id":"1"}"""), (401, "{}"), (500, "{}")])
        {
            await using var gateway = await FakeGateway.StartAsync(status, body);
            foreach (var provider in (ProviderKind[])[ProviderKind.Cloud, ProviderKind.Evolution, ProviderKind.Waha, ProviderKind.Generic]) await _fixture.SendAsync(provider, gateway.Address);
        }

        var logs = string.Join('\n', _fixture.Logs.Lines);
        logs.ShouldContain("was not sent");
        foreach (var secret in (string[])[SenderFixture.AccessToken, SenderFixture.ApiKey, SenderFixture.WebhookSecret, SenderFixture.CustomerPhone, "مرحبا"])
            logs.ShouldNotContain(secret);
    }

    private static async Task<SendResult> SendThrough(HttpMessageHandler handler)
    {
        var options = Options.Create(new WhatsAppOptions());
        var http = new ProviderHttp(new OneClient(handler), options, TimeProvider.System);
        var sender = new CloudMessageSender(http, options, NullLogger<CloudMessageSender>.Instance);
        return await sender.SendTextAsync(SenderFixture.Instance(ProviderKind.Cloud, null), new SendRequest
        {
            InstanceId = "ins_1",
            Instance = "shop",
            ConversationId = "cnv_1",
            MessageId = "msg_1",
            Attempt = 1,
            Contact = new Messages.ContactIdentity { Phone = SenderFixture.CustomerPhone },
            Text = "hi",
        }, CancellationToken.None);
    }

    private static void ShouldBe(SendResult result, SendOutcome outcome, string code) =>
        (result.Outcome, result.Error?.Code).ShouldBe((outcome, code), result.Error?.ToString());

    private static async Task WaitForHangUp(HttpContext context)
    {
        var gone = new TaskCompletionSource();
        await using var registration = context.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    }

    private sealed class OneClient(HttpMessageHandler handler) : IHttpClientFactory
    {
        public HttpClient CreateClient(string name) => new(handler);
    }

    private sealed class FailingHandler(Exception failure) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => throw failure;
    }
}
