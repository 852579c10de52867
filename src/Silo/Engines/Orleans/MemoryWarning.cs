namespace Waqtor.Silo.Engines;

/// <summary>Says at start what a silo without Redis loses.</summary>
internal sealed partial class MemoryWarning(ILogger<MemoryWarning> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        LogMemory(logger);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(1, LogLevel.Warning, "Waqtor:Cluster:RedisConnectionString is not set: instances, keys, conversations and whatever waits are in memory and lost when this process ends. For development only.")]
    private static partial void LogMemory(ILogger logger);
}
