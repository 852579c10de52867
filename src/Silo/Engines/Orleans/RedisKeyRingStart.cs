using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using StackExchange.Redis;
using Waqtor.Silo.Commands;

namespace Waqtor.Silo.Engines;

/// <summary>
/// Makes the first key before anybody needs one, one node after the other: two nodes that each made their own could not
/// read one another's secrets until the next look into the ring, a day later.
/// </summary>
internal sealed class RedisKeyRingStart(RedisKeyRing ring, IKeyManager keys, IDataProtectionProvider protection, TimeProvider clock) : IHostedService
{
    private static readonly TimeSpan KeyLife = TimeSpan.FromDays(90);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ring.OpenAsync();
            await ring.AloneAsync(EnsureKey, clock, cancellationToken);
        }
        catch (CryptographicException)
        {
            throw new StartupException("Waqtor:Cluster:Secret: is not the one that the keys in Redis were encrypted with.");
        }
        catch (RedisException exception)
        {
            throw new StartupException($"Waqtor:Cluster:RedisConnectionString: Redis does not answer: {exception.Message}");
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void EnsureKey()
    {
        var now = clock.GetUtcNow();
        if (!keys.GetAllKeys().Any(key => !key.IsRevoked && key.ActivationDate <= now && key.ExpirationDate > now)) keys.CreateNewKey(now, now + KeyLife);
        // Reads the ring, as it is now, into this node's memory.
        protection.CreateProtector("start").Protect([0]);
    }
}
