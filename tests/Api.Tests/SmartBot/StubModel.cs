using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Waqtor.Api.Tests.SmartBot;

/// <summary>An endpoint on a real socket that speaks like OpenAI and like Ollama; it records what it was sent, and can be made to hang or fail.</summary>
internal sealed class StubModel : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private StubModel(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single() + "/v1";

    public ConcurrentQueue<string> Bodies { get; } = new();

    public ConcurrentQueue<string> Keys { get; } = new();

    /// <summary>Requests are taken and not answered.</summary>
    public bool Hangs { get; set; }

    /// <summary>What the chat model says.</summary>
    public string Says { get; set; } = "hello";

    public static async Task<StubModel> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var stub = new StubModel(app);
        app.Run(stub.AnswerAsync);
        await app.StartAsync();
        return stub;
    }

    public async ValueTask DisposeAsync()
    {
        _released.TrySetResult();
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var text = Encoding.UTF8.GetString(body.ToArray());
        Bodies.Enqueue(text);
        Keys.Enqueue(context.Request.Headers.Authorization.ToString());
        if (Hangs) await _released.Task.WaitAsync(context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        using var json = JsonDocument.Parse(text);
        if (context.Request.Path.Value!.EndsWith("/api/embed", StringComparison.Ordinal))
            await context.Response.WriteAsJsonAsync(new { embeddings = json.RootElement.GetProperty("input").EnumerateArray().Select(input => Vector(input.GetString()!)).ToArray() });
        else if (context.Request.Path.Value!.EndsWith("/api/chat", StringComparison.Ordinal))
            await context.Response.WriteAsJsonAsync(new { message = new { role = "assistant", content = Says }, done = true });
        else
            await context.Response.WriteAsJsonAsync(context.Request.Path.Value!.EndsWith("/embeddings", StringComparison.Ordinal)
            ? new { data = json.RootElement.GetProperty("input").EnumerateArray().Select((input, index) => new { index, embedding = Vector(input.GetString()!) }).ToArray() }
            : new { choices = new[] { new { message = new { role = "assistant", content = Says } } } } as object);
    }

    // Letters counted: texts of the same words are near.
    private static float[] Vector(string text)
    {
        var vector = new float[64];
        foreach (var c in text) vector[c % 64]++;
        vector[0] += 0.1f;
        return vector;
    }
}
