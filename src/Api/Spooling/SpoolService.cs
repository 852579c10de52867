using Microsoft.Extensions.Hosting;

namespace Waqtor.Api.Spooling;

/// <summary>Opens the spool before the server takes its first request: a damaged one refuses the start.</summary>
internal sealed class SpoolService(Spool spool) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        spool.Open();
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // After the server has answered its last request.
    public Task StoppedAsync(CancellationToken cancellationToken) => spool.DisposeAsync().AsTask();
}
