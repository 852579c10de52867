using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Waqtor.Api.Devices;

/// <summary>Counts the uploads at start and removes those that nobody went on with.</summary>
internal sealed partial class DeviceUploadsService(DeviceUploads uploads, TimeProvider clock, ILogger<DeviceUploadsService> logger) : BackgroundService
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromMinutes(10);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        uploads.Open();
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(SweepEvery, clock);
        do
        {
            try
            {
                if (await Task.Run(uploads.Sweep, stoppingToken) is > 0 and var removed) LogRemoved(removed);
            }
            catch (IOException exception)
            {
                LogSweepFailed(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(4601, LogLevel.Information, "{Count} unfinished uploads of devices were too old and are removed.")]
    private partial void LogRemoved(int count);

    [LoggerMessage(4602, LogLevel.Warning, "Unfinished uploads could not be looked through; trying again later.")]
    private partial void LogSweepFailed(Exception exception);
}
