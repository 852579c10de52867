using System.Text.Json.Serialization;

namespace Waqtor.Events;

/// <summary>A kind of connection to the feed.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<EventChannel>))]
public enum EventChannel
{
    /// <summary>WebSockets and the hubs.</summary>
    WebSocket = 0,
    /// <summary>Server-sent events.</summary>
    Sse = 1,
}
