using System.Text.Json;

namespace Waqtor.Api.Realtime.Transports;

/// <summary>What <c>/ws</c> says, besides events.</summary>
internal static class SocketAnswer
{
    public static object Welcome(string connectionId, bool authenticated, RealtimeOptions options) => new
    {
        type = "welcome",
        connectionId,
        authenticated,
        pingSeconds = options.PingSeconds,
        authenticateSeconds = options.AuthenticateSeconds,
        limits = new { rooms = options.RoomsMax, messages = options.MessagesMax, messageBytes = SocketMessage.BytesMax, textCharacters = SocketMessage.TextCharactersMax },
    };

    public static byte[] Subscribed(Standing standing) => JsonSerializer.SerializeToUtf8Bytes(
        new { type = "subscribed", standing.Topics, standing.Recovered, standing.Cursor, Refused = standing.Refused ?? new Dictionary<string, string>() }, FeedPayload.Json);

    public static byte[] Said(ConnectionWord said, DateTimeOffset now) => said.Event == FeedEventNames.Error
        ? JsonSerializer.SerializeToUtf8Bytes(new { type = "error", error = said.Payload }, FeedPayload.Json)
        : JsonSerializer.SerializeToUtf8Bytes(
            new { type = said.Event, topic = TopicName.Connection, @event = said.Event, payload = said.Payload, timestamp = now.UtcDateTime }, FeedPayload.Json);

    public static object Unsubscribed(IReadOnlyList<string> topics, string cursor) => new { type = "unsubscribed", topics, cursor };

    public static object Pong(DateTimeOffset now, string cursor) => new { type = "pong", timestamp = now.UtcDateTime, cursor };

    public static object Authenticated(string keyId) => new { type = FeedEventNames.Authenticated, keyId };

    public static object Error(string code, string message) => new { type = "error", error = new { code, message } };

    public static object State(SocketConnection connection, DateTimeOffset now) => new
    {
        type = "state",
        connectionId = connection.Id,
        authenticated = connection.Caller is not null,
        topics = connection.Topics,
        cursor = connection.Cursor,
        queueBytes = connection.QueueBytes,
        openedAt = connection.OpenedAt.UtcDateTime,
        timestamp = now.UtcDateTime,
    };
}
