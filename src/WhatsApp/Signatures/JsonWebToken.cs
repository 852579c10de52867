using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Waqtor.WhatsApp;

/// <summary>The one kind of JWT that Evolution makes: HS256, with a time to end. No other algorithm is known here.</summary>
internal static class JsonWebToken
{
    private const int CharactersMax = 8_192;
    private const int DepthMax = 8;
    private static readonly TimeSpan Leeway = TimeSpan.FromSeconds(60);

    public static bool IsValid(string token, string secret, DateTimeOffset now)
    {
        if (token.Length > CharactersMax || token.Count(c => c == '.') != 2) return false;
        var first = token.IndexOf('.', StringComparison.Ordinal);
        var second = token.LastIndexOf('.');
        if (Decode(token.AsSpan(0, first)) is not { } header) return false;
        if (Decode(token.AsSpan(first + 1, second - first - 1)) is not { } payload) return false;
        if (Decode(token.AsSpan(second + 1)) is not { } signature) return false;

        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(token[..second]), expected);
        if (!CryptographicOperations.FixedTimeEquals(expected, signature)) return false;
        return IsHs256(header) && IsInTime(payload, now);
    }

    private static bool IsHs256(byte[] header) => Read(header, static root => root.Member("alg"u8).Text() == "HS256");

    private static bool IsInTime(byte[] payload, DateTimeOffset now) => Read(payload, root =>
    {
        var until = root.Member("exp"u8);
        var from = root.Member("nbf"u8);
        var seconds = (double)now.ToUnixTimeSeconds();
        if (until.IsPresent() && !(until.Real() + Leeway.TotalSeconds > seconds)) return false;
        return !from.IsPresent() || from.Real() - Leeway.TotalSeconds <= seconds;
    });

    private static bool Read(byte[] json, Func<JsonElement, bool> judge)
    {
        try
        {
            using var document = JsonDocument.Parse(WireText.Repair(json), new JsonDocumentOptions { MaxDepth = DepthMax });
            return document.RootElement.IsObject() && judge(document.RootElement);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static byte[]? Decode(ReadOnlySpan<char> text)
    {
        if (!Base64Url.IsValid(text)) return null;
        return Base64Url.DecodeFromChars(text);
    }
}
