using System.Text.Json;

namespace Waqtor.WhatsApp;

/// <summary>Lists of texts in what is sent.</summary>
internal static class JsonStrings
{
    public static void WriteStrings(this Utf8JsonWriter writer, ReadOnlySpan<byte> member, IEnumerable<string> values)
    {
        writer.WriteStartArray(member);
        foreach (var value in values) writer.WriteStringValue(value);
        writer.WriteEndArray();
    }
}
