using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Streams;
using Waqtor.Instances;

namespace Waqtor.Api.Instances;

/// <summary>Keeps <see cref="InstanceCache"/> true: the stream makes it quick, comparing versions makes it certain.</summary>
internal sealed partial class InstanceWatcher(
    InstanceCache cache, IServiceProvider services, TimeProvider clock, ILogger<InstanceWatcher> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    private StreamSubscriptionHandle<string>? _hints;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_hints is null) return;
        try
        {
            await _hints.UnsubscribeAsync().WaitAsync(Period, clock, cancellationToken);
        }
        catch (Exception exception)
        {
            // The cluster forgets a subscriber that is gone by itself, only later.
            LogNoHints(exception.GetType().Name);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        var listening = false;
        do
        {
            listening = listening || await TryListenAsync();
            try
            {
                await cache.RefreshAsync();
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogRefreshFailed(exception.GetType().Name);
            }
        }
        while (await WaitAsync(timer, stoppingToken));
    }

    private static async ValueTask<bool> WaitAsync(PeriodicTimer timer, CancellationToken stoppingToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task<bool> TryListenAsync()
    {
        if (services.GetService<IClusterClient>() is not { } client) return true;
        try
        {
            _hints = await client.GetStreamProvider(InstanceStreams.Provider)
                .GetStream<string>(StreamId.Create(InstanceStreams.Namespace, InstanceStreams.Key))
                .SubscribeAsync((name, _) => cache.ReloadAsync(name));
            return true;
        }
        catch (Exception exception)
        {
            LogNoHints(exception.GetType().Name);
            return exception is KeyNotFoundException;
        }
    }
}
