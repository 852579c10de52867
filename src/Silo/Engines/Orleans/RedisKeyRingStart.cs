using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using StackExchange.Redis;
using Waqtor.Silo.Commands;

namespace Waqtor.Silo.Engines;

/// <summary>
/// Makes the first key before anybody needs one, one node after the other: two nodes that each made their own could not
/// read one another's secrets until the next look into the ring, a day later. First of all that needs Redis, so it is
/// also what waits for it.
/// </summary>
internal sealed partial class RedisKeyRingStart(
    RedisKeyRing ring, IKeyManager keys, IDataProtectionProvider protection, TimeProvider clock, ILogger<RedisKeyRingStart> logger) : IHostedService
{
    private const string Key = "Waqtor:Cluster:RedisConnectionString";

    private static readonly TimeSpan KeyLife = TimeSpan.FromDays(90);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        while (true)
        {
            try
            {
                await ring.OpenAsync();
                await ring.AloneAsync(EnsureKey, clock, cancellationToken);
                return;
            }
            catch (CryptographicException)
            {
                throw new StartupException("Waqtor:Cluster:Secret: is not the one that the keys in Redis were encrypted with.");
            }
            catch (Exception exception) when (RedisServer.IsRefusal(exception))
            {
                throw new StartupException($"{Key}: Redis refuses its user or password.");
            }
            catch (Exception exception) when (exception is RedisException or TimeoutException)
            {
                if (clock.GetElapsedTime(started) >= Patience) throw new StartupException($"{Key}: Redis does not answer: {exception.Message}");
                LogWaiting(logger, exception.GetType().Name);
                await Task.Delay(Pause, clock, cancellationToken);
            }
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

    [LoggerMessage(1, LogLevel.Warning, "Redis does not answer yet ({Reason}); the start waits for it.")]
    private static partial void LogWaiting(ILogger logger, string reason);
}
