using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using StackExchange.Redis;
using Waqtor.Silo.Configuration;

namespace Waqtor.Silo.Engines;

/// <summary>
/// The keys that protect stored credentials, the same for all nodes. They lie in Redis beside what they protect, so they
/// are themselves encrypted (AES-256-GCM) by a key made of <c>Waqtor:Cluster:Secret</c>.
/// </summary>
internal sealed class RedisKeyRing(RedisServer redis, ClusterOptions options) : IXmlRepository
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private static readonly TimeSpan LockMax = TimeSpan.FromSeconds(30);

    private readonly byte[] _key = HKDF.DeriveKey(
        HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(options.Secret ?? ""), 32, Encoding.UTF8.GetBytes(options.ServiceId), "Waqtor.KeyRing.v1"u8.ToArray());

    private IDatabase? _database;

    private RedisKey Keys => $"{{{options.ServiceId}}}:keys";
    private RedisKey Lock => $"{{{options.ServiceId}}}:keys:lock";

    private IDatabase Database => _database ?? throw new InvalidOperationException("The key ring was not opened.");

    /// <summary>Before anything else: the framework asks synchronously, a few times in the life of a node.</summary>
    public async Task OpenAsync() => _database = await redis.DatabaseAsync();

    public IReadOnlyCollection<XElement> GetAllElements() => [.. Database.ListRange(Keys).Select(value => XElement.Parse(Open((byte[])value!)))];

    public void StoreElement(XElement element, string friendlyName) =>
        Database.ListRightPush(Keys, Seal(element.ToString(SaveOptions.DisableFormatting)));

    /// <summary>Runs <paramref name="action"/> while no other node does; waits for its turn.</summary>
    public async Task AloneAsync(Action action, TimeProvider clock, CancellationToken cancellationToken)
    {
        var token = Guid.NewGuid().ToString("N");
        while (!await Database.LockTakeAsync(Lock, token, LockMax)) await Task.Delay(TimeSpan.FromMilliseconds(100), clock, cancellationToken);
        try
        {
            action();
        }
        finally
        {
            await Database.LockReleaseAsync(Lock, token);
        }
    }

    private byte[] Seal(string text)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var @sealed = new byte[NonceBytes + TagBytes + plain.Length];
        RandomNumberGenerator.Fill(@sealed.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(_key, TagBytes);
        aes.Encrypt(@sealed.AsSpan(0, NonceBytes), plain, @sealed.AsSpan(NonceBytes + TagBytes), @sealed.AsSpan(NonceBytes, TagBytes));
        return @sealed;
    }

    private string Open(byte[] @sealed)
    {
        var plain = new byte[@sealed.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(_key, TagBytes);
        aes.Decrypt(@sealed.AsSpan(0, NonceBytes), @sealed.AsSpan(NonceBytes + TagBytes), @sealed.AsSpan(NonceBytes, TagBytes), plain);
        return Encoding.UTF8.GetString(plain);
    }
}
