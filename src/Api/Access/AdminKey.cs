using System.Security.Cryptography;
using System.Text;

namespace Waqtor.Api.Access;

/// <summary>The administrator's key of the configuration (<c>Waqtor:AdminKey</c>), kept only as its hash.</summary>
internal sealed class AdminKey
{
    private readonly byte[]? _hash;

    public AdminKey(string? configured) =>
        _hash = string.IsNullOrEmpty(configured) ? null : SHA256.HashData(Encoding.UTF8.GetBytes(configured));

    public bool IsConfigured => _hash is not null;

    /// <summary>Compares in constant time.</summary>
    public bool Matches(ReadOnlySpan<byte> presentedHash) => _hash is not null && CryptographicOperations.FixedTimeEquals(_hash, presentedHash);
}
