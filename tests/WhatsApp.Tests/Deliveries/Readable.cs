using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Waqtor.WhatsApp.Tests;

/// <summary>A parsed delivery as JSON for people: what is null, false or empty is left out, raw JSON is shown as JSON.</summary>
internal static class Readable
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new BytesConverter() },
    };

    public static string Write(ParsedDelivery delivery)
    {
        var node = JsonSerializer.SerializeToNode(delivery.Elements, Options)!;
        Prune(node);
        var json = node.ToJsonString(Options).ReplaceLineEndings("\n") + "\n";
        // The writer escapes what is outside the basic plane; people want to see the emoji.
        return EscapedPair.Replace(json, pair => Regex.Unescape(pair.Value));
    }

    private static readonly Regex EscapedPair = new(@"(?<!\\)\\uD[89AB][0-9A-F]{2}\\uD[C-F][0-9A-F]{2}", RegexOptions.CultureInvariant);

    public static byte[] Serialize(ParsedDelivery delivery) => JsonSerializer.SerializeToUtf8Bytes(delivery.Elements, Options);

    private static void Prune(JsonNode node)
    {
        if (node is JsonArray array)
        {
            foreach (var item in array.OfType<JsonNode>()) Prune(item);
            return;
        }

        if (node is not JsonObject json) return;
        foreach (var (name, value) in json.ToList())
        {
            if (value is null || value is JsonArray { Count: 0 } || (value is JsonValue && value.GetValueKind() == JsonValueKind.False)) json.Remove(name);
            else if (name is "rawJson" or "referralJson" or "json") json[name] = JsonNode.Parse(value.GetValue<string>());
            else Prune(value);
        }
    }

    private sealed class BytesConverter : JsonConverter<ReadOnlyMemory<byte>>
    {
        public override ReadOnlyMemory<byte> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, ReadOnlyMemory<byte> value, JsonSerializerOptions options) =>
            writer.WriteStringValue($"{value.Length} bytes, sha256 {Convert.ToHexStringLower(SHA256.HashData(value.Span))[..16]}");
    }
}
