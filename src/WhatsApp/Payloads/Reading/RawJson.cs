using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Waqtor.WhatsApp;

/// <summary>Keeps provider JSON as text: always valid JSON, never longer than allowed, without files inside.</summary>
internal static class RawJson
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// The element's own bytes; members called <c>base64</c> are left out, and what is still too long becomes
    /// <c>{"truncated":true,"bytes":…,"head":"…"}</c>.
    /// </summary>
    public static string Keep(JsonElement element, int bytesMax)
    {
        var raw = JsonMarshal.GetRawUtf8Value(element);
        if (raw.IndexOf("\"base64\""u8) < 0) return Cut(raw, bytesMax);

        var buffer = new ArrayBufferWriter<byte>(1_024);
        using (var writer = new Utf8JsonWriter(buffer, Readable)) CopyWithoutFiles(raw, writer);
        return Cut(buffer.WrittenSpan, bytesMax);
    }

    private static string Cut(ReadOnlySpan<byte> json, int bytesMax)
    {
        if (json.Length <= bytesMax) return Encoding.UTF8.GetString(json);

        // As a JSON string the head grows at most threefold (an emoji's four bytes become two escapes).
        var end = bytesMax / 3 - 64;
        while (end > 0 && (json[end] & 0xC0) == 0x80) end--;
        var buffer = new ArrayBufferWriter<byte>(bytesMax);
        using (var writer = new Utf8JsonWriter(buffer, Readable))
        {
            writer.WriteStartObject();
            writer.WriteBoolean("truncated"u8, true);
            writer.WriteNumber("bytes"u8, json.Length);
            writer.WriteString("head"u8, json[..end]);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void CopyWithoutFiles(ReadOnlySpan<byte> raw, Utf8JsonWriter writer)
    {
        var reader = new Utf8JsonReader(raw, new JsonReaderOptions { MaxDepth = 1_000 });
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject: writer.WriteStartObject(); break;
                case JsonTokenType.EndObject: writer.WriteEndObject(); break;
                case JsonTokenType.StartArray: writer.WriteStartArray(); break;
                case JsonTokenType.EndArray: writer.WriteEndArray(); break;
                case JsonTokenType.PropertyName when reader.ValueTextEquals("base64"u8): reader.Skip(); break;
                case JsonTokenType.PropertyName: writer.WritePropertyName(reader.GetString()!); break;
                case JsonTokenType.String: writer.WriteStringValue(reader.GetString()); break;
                default: writer.WriteRawValue(reader.ValueSpan, skipInputValidation: true); break;
            }
        }
    }
}
