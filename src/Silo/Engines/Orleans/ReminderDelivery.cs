using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Runtime;
using Waqtor.Silo.Configuration;

namespace Waqtor.Silo.Engines;

/// <summary>Asks for due reminders and delivers them: on every silo, each reminder by one of them (see <see cref="RedisReminders"/>).</summary>
internal sealed partial class ReminderDelivery(
    RedisReminders reminders, IGrainFactory grains, TimeProvider clock, IOptions<ClusterOptions> options, ILogger<ReminderDelivery> logger) : BackgroundService
{
    private const int DeliveriesMax = 256;

    // Longer than a call to a grain takes that was on a silo which is being found dead, so that it is not called twice.
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan CallMax = TimeSpan.FromSeconds(9);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _room = new(DeliveriesMax);

    public override void Dispose()
    {
        _room.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(options.Value.ReminderPollMilliseconds), clock);
        try
        {
            do await DeliverDueAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }

        // What is under way ends by the same token.
        for (var i = 0; i < DeliveriesMax; i++) await _room.WaitAsync(CancellationToken.None);
    }

    private async Task DeliverDueAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (_room.CurrentCount is > 0 and var room)
            {
                var claimed = await reminders.ClaimDueAsync(room, Lease);
                foreach (var reminder in claimed)
                {
                    await _room.WaitAsync(stoppingToken);
                    _ = DeliverAsync(reminder, stoppingToken);
                }

                if (claimed.Count < room) return;
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
        {
            // Also while stopping: what escapes here is taken for a fault of the program.
            LogClaimFailed(logger, exception.GetType().Name);
        }
    }

    private async Task DeliverAsync(RedisReminder reminder, CancellationToken stoppingToken)
    {
        try
        {
            var grain = grains.GetGrain<IRemindable>(reminder.GrainId);
            await grain.ReceiveReminder(reminder.ReminderName, new TickStatus(reminder.StartAt, reminder.Period, clock.GetUtcNow().UtcDateTime), CancellationToken.None)
                .WaitAsync(CallMax, clock, stoppingToken);
            await reminders.DeliveredAsync(reminder);
        }
        catch (Exception exception)
        {
            // Orleans waits for the next period; here the grain's silo may just be dying, and the promise is older than that.
            if (!stoppingToken.IsCancellationRequested) LogDeliveryFailed(logger, reminder.ReminderName, reminder.GrainId, exception.GetType().Name);
            await PutBackAsync(reminder);
        }
        finally
        {
            _room.Release();
        }
    }

    private async Task PutBackAsync(RedisReminder reminder)
    {
        try
        {
            await reminders.FailedAsync(reminder, PauseAfterFailure);
        }
        catch (Exception exception)
        {
            // The lease ends by itself.
            LogClaimFailed(logger, exception.GetType().Name);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Due reminders could not be asked for or put back: {Reason}.")]
    private static partial void LogClaimFailed(ILogger logger, string reason);

    [LoggerMessage(2, LogLevel.Information, "Reminder {Name} of {Grain} was not taken: {Reason}; it comes again.")]
    private static partial void LogDeliveryFailed(ILogger logger, string name, GrainId grain, string reason);
}
