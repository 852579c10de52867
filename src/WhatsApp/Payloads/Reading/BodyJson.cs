using System.Text.Json;

namespace Waqtor.WhatsApp;

/// <summary>Opens a webhook body as JSON, or says in one exception why it cannot be.</summary>
internal static class BodyJson
{
    /// <exception cref="DeliveryFormatException">Empty, broken, too deep, or neither object nor array.</exception>
    public static JsonDocument Open(ReadOnlyMemory<byte> body, int depthMax)
    {
        if (body.Span.StartsWith("\uFEFF"u8)) body = body[3..];
        if (body.Span.IndexOfAnyExcept(" \t\r\n"u8) < 0) throw new DeliveryFormatException("empty_body", "The body is empty.");
        body = WireText.Repair(body);

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = depthMax });
        }
        catch (JsonException)
        {
            // The exception's own text quotes the body, so it goes no further.
            throw DeepestNesting(body.Span, depthMax) > depthMax
                ? new DeliveryFormatException("too_deep", $"The JSON nests deeper than {depthMax}.")
                : new DeliveryFormatException("broken_json", "The body is not valid JSON.");
        }

        if (document.RootElement.ValueKind is JsonValueKind.Object or JsonValueKind.Array) return document;
        document.Dispose();
        throw new DeliveryFormatException("wrong_root", "The body is JSON but neither an object nor an array.");
    }

    // How far the reader gets, at most one level past the limit. Iterative, so depth costs no stack.
    private static int DeepestNesting(ReadOnlySpan<byte> body, int depthMax)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = depthMax + 2 });
        var deepest = 0;
        try
        {
            while (deepest <= depthMax && reader.Read())
            {
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                    deepest = Math.Max(deepest, reader.CurrentDepth + 1);
            }
        }
        catch (JsonException)
        {
            // Broken before it was too deep.
        }

        return deepest;
    }
}
