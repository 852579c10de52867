using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Waqtor.Fakes;

/// <summary>
/// Stands where Evolution, the Cloud API and WAHA stand: takes texts over real HTTP, remembers each one, and
/// answers as <see cref="Behaviour"/> says. It outlives the server under test, so it can tell what customers saw.
/// </summary>
public sealed class FakeGateway : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Lock _lock = new();
    private readonly List<GatewaySend> _sends = [];
    private readonly List<string> _unexpected = [];
    private readonly CancellationTokenSource _stopping = new();

    private FakeGateway(WebApplication app) => _app = app;

    /// <summary>Where instances point their <c>baseUrl</c>.</summary>
    public string Url { get; private set; } = "";

    /// <summary>Decides each answer; may be replaced at any time.</summary>
    public Func<GatewaySend, GatewayAnswer> Behaviour { get; set; } = _ => GatewayAnswer.Accept;

    /// <summary>All requests to send so far, in order of arrival, refused ones included.</summary>
    public IReadOnlyList<GatewaySend> Requests
    {
        get { lock (_lock) return [.. _sends]; }
    }

    /// <summary>What the customers have on their phones: the requests that were taken.</summary>
    public IReadOnlyList<GatewaySend> Sent => [.. Requests.Where(send => send.Answer.Takes)];

    /// <summary>Requests to paths that no provider has; a correct sender makes none.</summary>
    public IReadOnlyList<string> Unexpected
    {
        get { lock (_lock) return [.. _unexpected]; }
    }

    /// <summary>Starts on a loopback port; 0 lets the system choose one.</summary>
    public static async Task<FakeGateway> StartAsync(int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}");
        var app = builder.Build();
        var gateway = new FakeGateway(app);
        gateway.MapRoutes();
        await app.StartAsync();
        gateway.Url = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return gateway;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _app.DisposeAsync();
        _stopping.Dispose();
    }

    private void MapRoutes()
    {
        _app.MapPost("/message/sendText/{account}", (HttpContext http, string account) =>
            TakeAsync(http, body => Read("evolution", account, body, Text(body["number"]), Text(body["text"]), http.Request.Headers["apikey"])));
        _app.MapPost("/{version}/{account}/messages", (HttpContext http, string account) => TakeCloudAsync(http, account));
        _app.MapPost("/{account}/messages", (HttpContext http, string account) => TakeCloudAsync(http, account));
        _app.MapPost("/api/sendText", (HttpContext http) =>
            TakeAsync(http, body => Read(
                "waha", Text(body["session"]), body, Text(body["chatId"]), Text(body["text"]), http.Request.Headers["X-Api-Key"])));
        _app.MapFallback((HttpContext http) =>
        {
            lock (_lock) _unexpected.Add($"{http.Request.Method} {http.Request.Path}");
            return Results.NotFound();
        });
    }

    private Task TakeCloudAsync(HttpContext http, string account) =>
        TakeAsync(http, body => Read(
            "cloud", account, body, Text(body["to"] ?? body["recipient"]), Text(body["text"]?["body"]), http.Request.Headers.Authorization));

    private static GatewaySend Read(string provider, string account, JsonNode body, string to, string text, string? credential) => new()
    {
        Number = 0,
        Provider = provider,
        Account = account,
        To = string.Concat(to.Split('@')[0].Where(char.IsAsciiDigit)) is { Length: > 0 } digits ? digits : to,
        Text = text,
        Credential = credential,
        CallbackData = body["biz_opaque_callback_data"]?.ToString(),
        ReceivedAt = TimeProvider.System.GetUtcNow(),
        ProviderMessageId = "",
        Body = body.ToJsonString(),
    };

    private static string Text(JsonNode? node) => node?.ToString() ?? "";

    private async Task TakeAsync(HttpContext http, Func<JsonNode, GatewaySend> read)
    {
        var body = await JsonNode.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted) ?? new JsonObject();
        var send = Remember(read(body));
        var answer = send.Answer;
        if (answer.Delay > TimeSpan.Zero)
            await Task.Delay(answer.Delay, TimeProvider.System, http.RequestAborted);
        if (!answer.Answers)
        {
            if (!answer.CutsConnection)
                await WaitForeverAsync(http.RequestAborted);
            http.Abort();
            return;
        }
        if (answer.RetryAfterSeconds is { } seconds)
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        http.Response.StatusCode = answer.Takes && send.Provider != "cloud" ? 201 : answer.Status;
        await http.Response.WriteAsJsonAsync(answer.Takes ? Accepted(send) : Refused(send), http.RequestAborted);
    }

    private GatewaySend Remember(GatewaySend send)
    {
        lock (_lock)
        {
            var number = _sends.Count;
            // The provider's own forms of id, so that nothing can lean on a form of ours.
            var id = send.Provider switch
            {
                "cloud" => $"wamid.FAKE{number:D10}",
                "waha" => $"true_{send.To}@c.us_FAKE{number:X16}",
                _ => $"3EB0FAKE{number:X14}",
            };
            send = send with { Number = number, ProviderMessageId = id };
            send = send with { Answer = Behaviour(send) };
            _sends.Add(send);
            return send;
        }
    }

    private async Task WaitForeverAsync(CancellationToken aborted)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(aborted, _stopping.Token);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static JsonObject Accepted(GatewaySend send) => send.Provider switch
    {
        "cloud" => new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["contacts"] = new JsonArray(new JsonObject { ["input"] = send.To, ["wa_id"] = send.To }),
            ["messages"] = new JsonArray(new JsonObject { ["id"] = send.ProviderMessageId }),
        },
        "waha" => new JsonObject
        {
            ["id"] = send.ProviderMessageId,
            ["timestamp"] = send.ReceivedAt.ToUnixTimeSeconds(),
            ["from"] = "0@c.us",
            ["fromMe"] = true,
            ["body"] = send.Text,
        },
        _ => new JsonObject
        {
            ["key"] = new JsonObject
            {
                ["remoteJid"] = send.To + "@s.whatsapp.net",
                ["fromMe"] = true,
                ["id"] = send.ProviderMessageId,
            },
            ["status"] = "PENDING",
            ["message"] = new JsonObject { ["conversation"] = send.Text },
            ["messageType"] = "conversation",
            ["messageTimestamp"] = send.ReceivedAt.ToUnixTimeSeconds(),
            ["instanceId"] = "188cbb13-bcb7-4d5a-979d-ba0fe75a3ee9",
            ["source"] = "unknown",
        },
    };

    private static JsonObject Refused(GatewaySend send) => send.Provider == "cloud"
        ? new JsonObject
        {
            ["error"] = new JsonObject
            {
                ["message"] = $"(#{send.Answer.ErrorCode}) {send.Answer.ErrorMessage}",
                ["type"] = "OAuthException",
                ["code"] = send.Answer.ErrorCode,
                ["error_data"] = new JsonObject { ["messaging_product"] = "whatsapp", ["details"] = send.Answer.ErrorMessage },
                ["fbtrace_id"] = "AFAKEFAKEFAKE",
            },
        }
        : new JsonObject
        {
            ["status"] = send.Answer.Status,
            ["error"] = send.Answer.ErrorMessage,
            ["response"] = new JsonObject { ["message"] = new JsonArray(send.Answer.ErrorMessage) },
        };
}
