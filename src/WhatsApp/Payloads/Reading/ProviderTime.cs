using System.Globalization;
using System.Text.Json;

namespace Waqtor.WhatsApp;

/// <summary>
/// The times providers write: unix seconds or milliseconds (told apart by size) as number, fraction, string or
/// protobuf Long, and RFC 3339. What lies outside WhatsApp's own lifetime is no time.
/// </summary>
internal static class ProviderTime
{
    private const long OldestSeconds = 1_230_768_000; // 2009-01-01, the year WhatsApp began
    private const long NewestSeconds = 4_102_444_800; // 2100-01-01
    private const double MillisecondsFrom = 100_000_000_000; // as seconds this would be the year 5138

    public static DateTimeOffset? Read(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out var whole)) return FromUnix(whole);
        if (element.Real() is { } real) return FromUnix(real);
        if (element.IsObject() && element.Integer() is { } number) return FromUnix(number);
        return element.ValueKind == JsonValueKind.String ? FromText(element.GetString()!) : null;
    }

    private static DateTimeOffset? FromUnix(double value)
    {
        var seconds = Math.Abs(value) >= MillisecondsFrom ? value / 1_000 : value;
        return seconds is >= OldestSeconds and < NewestSeconds
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Round(seconds * 1_000))
            : null;
    }

    private static DateTimeOffset? FromText(string text)
    {
        // The four digits keep the parser from completing "10:30" with today's date.
        if (text.Length is < 10 or > 40 || text[4] != '-' || !text.AsSpan(0, 4).ContainsOnlyDigits()) return null;
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)) return null;
        return time.ToUnixTimeSeconds() is >= OldestSeconds and < NewestSeconds ? time : null;
    }

    private static bool ContainsOnlyDigits(this ReadOnlySpan<char> text) => text.IndexOfAnyExceptInRange('0', '9') < 0;
}
