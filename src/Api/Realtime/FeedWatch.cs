using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Waqtor.Api.Access;

namespace Waqtor.Api.Realtime;

/// <summary>
/// Once a second: closes connections whose key or session was revoked or has expired, sends heartbeats, cuts off who does not
/// authenticate or take the last word, and lets the topics ask for what no hint told.
/// </summary>
internal sealed partial class FeedWatch(
    FeedConnections connections, FeedTopics topics, ClientRates rates, ApiKeys keys, BrowserSessions sessions, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<FeedWatch> logger)
    : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private Task _polling = Task.CompletedTask;
    private Task _checking = Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Before the server waits for its requests to end: most of these would not, by themselves.
        using var stopping = lifetime.ApplicationStopping.Register(connections.Stop);
        using var timer = new PeriodicTimer(Period, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) Tick();
        }
        catch (OperationCanceledException)
        {
            // The node stops.
        }
    }

    /// <summary>One round, to its end.</summary>
    internal async Task TickAsync()
    {
        Tick();
        await Task.WhenAll(_polling, _checking);
    }

    private void Tick()
    {
        try
        {
            // Side by side: a topic that hangs must not keep a revoked key alive, nor a key that is not answered for the others.
            if (_polling.IsCompleted) _polling = topics.TickAsync();
            if (_checking.IsCompleted) _checking = CheckKeysAsync();
            foreach (var connection in connections.All) connection.Tick();
            rates.Sweep();
        }
        catch (Exception exception)
        {
            LogTickFailed(exception);
        }
    }

    private async Task CheckKeysAsync()
    {
        foreach (var group in connections.All.Where(one => one.KeyHash is not null).GroupBy(one => one.KeyHash!).ToList())
        {
            if (await IsValidAsync(async () => await keys.FindByHashAsync(group.Key) is not null)) continue;
            foreach (var connection in group) connection.Close(CloseReason.Revoked);
        }

        foreach (var group in connections.All.Where(one => one.SessionHash is not null).GroupBy(one => one.SessionHash!).ToList())
        {
            if (await IsValidAsync(() => sessions.IsOpenAsync(group.Key))) continue;
            foreach (var connection in group) connection.Close(CloseReason.Revoked);
        }
    }

    private async Task<bool> IsValidAsync(Func<Task<bool>> isValid)
    {
        try
        {
            return await isValid();
        }
        catch (Exception exception)
        {
            // The store does not answer: nobody can have been revoked meanwhile, and it is asked again in a second.
            LogCheckFailed(exception.GetType().Name);
            return true;
        }
    }

    [LoggerMessage(1, LogLevel.Error, "The watch over the feed's connections failed; it goes on.")]
    private partial void LogTickFailed(Exception exception);

    [LoggerMessage(2, LogLevel.Warning, "A key could not be checked again ({Error}).")]
    private partial void LogCheckFailed(string error);
}
