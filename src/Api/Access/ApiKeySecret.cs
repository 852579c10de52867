using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Waqtor.Api.Access;

/// <summary>The form of an API key: <c>wq_</c> and 256 random bits in base64url.</summary>
public static class ApiKeySecret
{
    public const string Prefix = "wq_";
    /// <summary>A key given by an operator may have any form; shorter ones are warned of, for they can be guessed.</summary>
    public const int CharactersAdvised = 16;
    public const int CharactersMax = 512;
    public const int PrefixCharactersShown = 9;

    public static string New()
    {
        Span<byte> random = stackalloc byte[32];
        RandomNumberGenerator.Fill(random);
        return Prefix + Base64Url.EncodeToString(random);
    }

    public static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    public static string HashHex(string key) => Convert.ToHexStringLower(Hash(key));
}
