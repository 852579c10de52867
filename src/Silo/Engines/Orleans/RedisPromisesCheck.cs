using StackExchange.Redis;

namespace Waqtor.Silo.Engines;

/// <summary>Says at start what Redis does not promise. A warning only: for a trial, or a Redis that somebody else keeps, it may be meant so.</summary>
internal sealed partial class RedisPromisesCheck(RedisServer redis, ILogger<RedisPromisesCheck> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            var database = await redis.DatabaseAsync();
            var persistence = (string?)await database.ExecuteAsync("INFO", "persistence") ?? "";
            foreach (var missing in RedisPromises.FindMissing(persistence, await SettingAsync(database, "appendfsync"), await SettingAsync(database, "maxmemory-policy")))
                LogMissing(logger, missing);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            LogUnknown(logger, exception.GetType().Name);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Null: whoever keeps this Redis lets nobody ask.
    private static async Task<string?> SettingAsync(IDatabase database, string name)
    {
        try
        {
            return (RedisResult[]?)await database.ExecuteAsync("CONFIG", "GET", name) is [_, var value] ? (string?)value : null;
        }
        catch (RedisServerException)
        {
            return null;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Redis does not keep what is acknowledged: {Missing}")]
    private static partial void LogMissing(ILogger logger, string missing);

    [LoggerMessage(2, LogLevel.Information, "Whether Redis keeps what is acknowledged cannot be told: {Reason}.")]
    private static partial void LogUnknown(ILogger logger, string reason);
}
