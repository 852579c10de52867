using System.Security.Cryptography;
using System.Text;

namespace Waqtor.Access;

/// <summary>
/// The public id of a key. It follows from the key's hash, so that the key's grain and the directory agree on it
/// without asking each other, and a repeated creation is the same key.
/// </summary>
public static class ApiKeyId
{
    /// <summary>A UUID v8 (RFC 9562: own content) of a hash of the hash, which tells nothing of it.</summary>
    public static string For(string hash)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes("waqtor-api-key-id\n" + hash)).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return $"{IdPrefix.ApiKey}_{new Guid(bytes, bigEndian: true)}";
    }
}
