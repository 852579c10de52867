using System.Text.Json;

namespace Waqtor.WhatsApp;

/// <summary>A file inside the body: base64 with or without padding, or a <c>data:</c> address.</summary>
internal static class Base64File
{
    /// <summary>Null when there is none, or when it is not base64.</summary>
    public static ReadOnlyMemory<byte>? Read(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String) return null;
        if (element.TryGetBytesFromBase64(out var bytes)) return bytes.Length > 0 ? bytes : null;

        var text = element.GetString()!;
        if (text.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            var comma = text.IndexOf(',', StringComparison.Ordinal);
            if (comma < 0) return null;
            text = text[(comma + 1)..];
        }

        text = text.PadRight((text.Length + 3) / 4 * 4, '=');
        var buffer = new byte[text.Length / 4 * 3];
        return Convert.TryFromBase64String(text, buffer, out var written) && written > 0 ? buffer.AsMemory(0, written) : null;
    }
}
