using System.Security.Cryptography;
using System.Text;

namespace Waqtor.WhatsApp;

/// <summary>Comparisons whose duration tells nothing, not even a length.</summary>
internal static class Secret
{
    public static bool Equal(string given, string expected)
    {
        Span<byte> left = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> right = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(given), left);
        SHA256.HashData(Encoding.UTF8.GetBytes(expected), right);
        return CryptographicOperations.FixedTimeEquals(left, right);
    }
}
