using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Waqtor.Api.Media;

/// <summary>Removes at the start, beside the first requests, the files that a crash left half written.</summary>
internal sealed partial class MediaLeftovers(FileMediaStore media, TimeProvider clock, ILogger<MediaLeftovers> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (await Task.Run(() => media.RemoveLeftovers(clock.GetUtcNow()), stoppingToken) is > 0 and var removed) LogRemoved(removed);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogFailed(exception);
        }
    }

    [LoggerMessage(4701, LogLevel.Information, "{Count} media files that a crash left half written are removed.")]
    private partial void LogRemoved(int count);

    [LoggerMessage(4702, LogLevel.Warning, "The media files could not be looked through for what a crash left; the next start does.")]
    private partial void LogFailed(Exception exception);
}
