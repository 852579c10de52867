using System.Text.Json;

namespace Waqtor.Api.Realtime.Transports;

/// <summary>A message of a client of <c>/ws</c>.</summary>
internal sealed class SocketMessage
{
    public const int BytesMax = 10 * 1_024;
    public const int TextCharactersMax = 1_000;
    private const string CursorMember = "cursor";

    public string Type { get; private init; } = "";
    public IReadOnlyList<string> Topics { get; private init; } = [];
    public string? Cursor { get; private init; }
    public string? ApiKey { get; private init; }
    public string? Ticket { get; private init; }

    /// <summary>The message, or the code of what is wrong with it.</summary>
    public static (SocketMessage? Message, string? Error) Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 8 });
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || Text(root, "type") is not { } type) return (null, FeedRefusal.InvalidMessage);
            if (HasLongText(root)) return (null, FeedRefusal.TextTooLong);
            return (new SocketMessage
            {
                Type = type,
                Topics = root.TryGetProperty("topics", out var topics) && topics.ValueKind == JsonValueKind.Array
                    ? [.. topics.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()!)]
                    : [],
                Cursor = Text(root, CursorMember),
                ApiKey = Text(root, "apiKey") ?? Text(root, "key"),
                Ticket = Text(root, "ticket"),
            }, null);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // No JSON, or a text in it that is no text.
            return (null, FeedRefusal.InvalidJson);
        }
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // A cursor over many topics is ours, and longer.
    private static bool HasLongText(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString()!.Length > TextCharactersMax,
        JsonValueKind.Array => element.EnumerateArray().Any(HasLongText),
        JsonValueKind.Object => element.EnumerateObject().Any(member =>
            member.Name.Length > TextCharactersMax
            || (member.NameEquals(CursorMember) && member.Value.ValueKind == JsonValueKind.String
                ? member.Value.GetString()!.Length > FeedCursor.CharactersMax
                : HasLongText(member.Value))),
        _ => false,
    };
}
