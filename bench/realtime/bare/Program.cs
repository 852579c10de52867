// The yardstick: a SignalR hub that sends the same envelope to everybody, and nothing else: no permission, no sequence, no resume.
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Waqtor.Bench.BareHub;

var builder = WebApplication.CreateBuilder(args);
builder.Logging.ClearProviders();
builder.Services.AddSignalR();
var app = builder.Build();
var sequence = 0L;
app.MapGet("/health/ready", () => "ok");
app.MapHub<EventsHub>("/hubs/events");
app.MapPost("/api/realtime/test", async (JsonElement request, IHubContext<EventsHub> hub) =>
{
    var number = Interlocked.Increment(ref sequence);
    await hub.Clients.All.SendAsync("event", new
    {
        id = $"messages.0123456789abcdef.{number}",
        topic = "messages",
        eventId = Guid.NewGuid().ToString(),
        @event = request.GetProperty("eventType").GetString(),
        payload = request.GetProperty("payload"),
        timestamp = TimeProvider.System.GetUtcNow().UtcDateTime,
    });
    return Results.Ok();
});
app.Run();
