using System.Security.Cryptography;
using System.Text;

namespace Waqtor.WhatsApp;

/// <summary>HMACs of raw bodies, compared in constant time.</summary>
internal static class Hmac
{
    public static bool MatchesSha256(string secret, ReadOnlySpan<byte> body, ReadOnlySpan<char> hex)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body, mac);
        return EqualsHex(mac, hex);
    }

    public static bool MatchesSha512(string secret, ReadOnlySpan<byte> body, ReadOnlySpan<char> hex)
    {
        Span<byte> mac = stackalloc byte[HMACSHA512.HashSizeInBytes];
        HMACSHA512.HashData(Encoding.UTF8.GetBytes(secret), body, mac);
        return EqualsHex(mac, hex);
    }

    /// <summary>Of a header such as <c>sha256=8db7…</c>; anything else does not match.</summary>
    public static bool MatchesPrefixedSha256(string secret, ReadOnlySpan<byte> body, string? header)
    {
        const string Prefix = "sha256=";
        return header is not null && header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
            && MatchesSha256(secret, body, header.AsSpan(Prefix.Length));
    }

    private static bool EqualsHex(ReadOnlySpan<byte> mac, ReadOnlySpan<char> hex)
    {
        Span<byte> given = stackalloc byte[HMACSHA512.HashSizeInBytes];
        if (hex.Length != mac.Length * 2) return false;
        var status = Convert.FromHexString(hex, given, out _, out var written);
        return status == System.Buffers.OperationStatus.Done && CryptographicOperations.FixedTimeEquals(given[..written], mac);
    }
}
