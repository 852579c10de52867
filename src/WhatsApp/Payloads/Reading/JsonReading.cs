using System.Buffers.Text;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Waqtor.WhatsApp;

/// <summary>
/// Reads foreign JSON without ever throwing: a member that is missing or of another kind than expected is an
/// undefined element, null or false. Of duplicate members the last one counts.
/// </summary>
internal static class JsonReading
{
    /// <summary>An undefined element when this is no object or has no such member.</summary>
    public static JsonElement Member(this JsonElement element, ReadOnlySpan<byte> name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    /// <summary>The first of two spellings that is there.</summary>
    public static JsonElement Member(this JsonElement element, ReadOnlySpan<byte> name, ReadOnlySpan<byte> otherwise)
    {
        var value = element.Member(name);
        return value.IsPresent() ? value : element.Member(otherwise);
    }

    /// <summary>There and not null.</summary>
    public static bool IsPresent(this JsonElement element) =>
        element.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    public static bool IsObject(this JsonElement element) => element.ValueKind == JsonValueKind.Object;

    public static bool IsArray(this JsonElement element) => element.ValueKind == JsonValueKind.Array;

    /// <summary>A string as it is, empty ones included; null for every other kind.</summary>
    public static string? Text(this JsonElement element) =>
        element.ValueKind == JsonValueKind.String ? element.GetString() : null;

    /// <summary>A string that says something, cut to a length that no honest sender reaches.</summary>
    public static string? Word(this JsonElement element, int charactersMax = 1_024)
    {
        var text = element.Text();
        if (string.IsNullOrEmpty(text)) return null;
        if (text.Length <= charactersMax) return text;
        return text[..(char.IsHighSurrogate(text[charactersMax - 1]) ? charactersMax - 1 : charactersMax)];
    }

    /// <summary>An identifier: a string that says something, or a number in its own digits.</summary>
    public static string? Identifier(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString() is { Length: > 0 } text ? text : null,
        JsonValueKind.Number => element.GetRawText(),
        _ => null,
    };

    public static bool? Flag(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String when element.ValueEquals("true"u8) => true,
        JsonValueKind.String when element.ValueEquals("false"u8) => false,
        _ => null,
    };

    /// <summary>A whole number: a JSON number, its digits in a string, or a protobuf Long <c>{low, high, unsigned}</c>.</summary>
    public static long? Integer(this JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Number:
                if (element.TryGetInt64(out var number)) return number;
                return element.Real() is { } real && Math.Abs(real) < 9e18 ? (long)real : null;
            case JsonValueKind.String:
                var digits = JsonMarshal.GetRawUtf8Value(element)[1..^1];
                return Utf8Parser.TryParse(digits, out long parsed, out var used) && used == digits.Length ? parsed : null;
            case JsonValueKind.Object:
                if (!element.Member("low"u8).IsNumber(out long low) || !element.Member("high"u8).IsNumber(out long high)) return null;
                return ((long)(int)high << 32) | (uint)low;
            default:
                return null;
        }
    }

    /// <summary>A finite number, or its digits in a string.</summary>
    public static double? Real(this JsonElement element)
    {
        double value;
        switch (element.ValueKind)
        {
            case JsonValueKind.Number when element.TryGetDouble(out value):
                return double.IsFinite(value) ? value : null;
            case JsonValueKind.String:
                var text = element.GetString();
                return text is { Length: > 0 and <= 64 }
                    && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
                    && double.IsFinite(value) ? value : null;
            default:
                return null;
        }
    }

    private static bool IsNumber(this JsonElement element, out long value)
    {
        value = 0;
        return element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out value);
    }
}
