using System.Text.Json;

namespace Waqtor.Api.Realtime.Monitor;

/// <summary>An event to be published as a test.</summary>
/// <param name="EventType">Its name, 1 to 100 of a-z, 0-9, dot, colon, dash and underscore. <c>log</c> with a text: a raw line of a log.</param>
/// <param name="Payload">Any JSON, at most 65,536 bytes.</param>
/// <param name="Target"><c>everyone</c> (or none), or the name of a topic or a room, such as <c>messages</c>, <c>job:42</c> or <c>user:key_…</c>.</param>
/// <param name="Transport"><c>all</c> (or none), <c>websocket</c> (with the hubs) or <c>sse</c>.</param>
/// <param name="Instance">The instance it is about: only keys that see it get the event, beside those that see all.</param>
public sealed record TestEventRequest(string? EventType, JsonElement? Payload, string? Target, string? Transport = null, string? Instance = null);
