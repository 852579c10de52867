using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Waqtor.Archive;

/// <summary>
/// Brings the schema up to date before anything else of the host starts. A database that is away or slow delays nothing
/// (decision 5): the start goes on without it, and it is tried again until it is there.
/// </summary>
internal sealed partial class ArchiveStartup(IArchiveStore store, TimeProvider clock, ILogger<ArchiveStartup> logger) : IHostedLifecycleService, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stop = new();

    /// <summary>Ends when the archive is open or the host stops.</summary>
    public Task Opening { get; private set; } = Task.CompletedTask;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var attempt = store.MigrateAsync(_stop.Token);
        try
        {
            await attempt.WaitAsync(Patience, clock, cancellationToken);
            return;
        }
        catch (TimeoutException) when (!attempt.IsCompleted)
        {
            LogSlow(logger);
        }
        catch (Exception exception) when (attempt.IsFaulted && store.IsAway(exception))
        {
            // It is told by who tries again.
        }

        Opening = KeepTryingAsync(attempt, _stop.Token);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await Opening.WaitAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private async Task KeepTryingAsync(Task attempt, CancellationToken stop)
    {
        string? told = null;
        while (true)
        {
            try
            {
                await attempt;
                return;
            }
            catch (Exception) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // Once for each reason: an outage may be long.
                if (told != exception.Message) LogAway(logger, exception.Message);
                told = exception.Message;
            }

            try
            {
                await Task.Delay(Pause, clock, stop);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            attempt = store.MigrateAsync(stop);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The archive does not answer yet; the start goes on without it.")]
    private static partial void LogSlow(ILogger logger);

    [LoggerMessage(2, LogLevel.Error, "The archive cannot be opened ({Reason}) and is tried again. Messages are taken and answered; lists and search fail.")]
    private static partial void LogAway(ILogger logger, string reason);
}
