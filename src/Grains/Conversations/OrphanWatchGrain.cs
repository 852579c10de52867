using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Waqtor.Archive;

namespace Waqtor.Conversations;

/// <inheritdoc cref="IOrphanWatchGrain" />
/// <remarks>
/// The archive says who may be late; it lags by milliseconds, so each suspect is asked itself and only what it then had
/// to take up counts. The reminder brings the watch back wherever it was lost; nothing else needs to be remembered.
/// </remarks>
[GrainType("orphan-watch")]
[KeepAlive]
public sealed partial class OrphanWatchGrain(
    IArchiveQueries archive,
    IOptions<ConversationOptions> options,
    ConversationMetrics metrics,
    TimeProvider clock,
    ILogger<OrphanWatchGrain> logger) : Grain, IOrphanWatchGrain, IRemindable
{
    private const string WatchReminder = "watch";
    private const int SuspectsPerRoundMax = 500;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);
    // After a start, what fell due meanwhile is taken up by its own reminders; only what they leave is orphaned.
    private static readonly TimeSpan StartAllowance = TimeSpan.FromSeconds(15);
    // No window or retry is longer: the clock was set back while nobody ran. To be asked is enough, it wakes the conversation.
    private static readonly TimeSpan AheadMax = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan ReminderPeriod = TimeSpan.FromMinutes(1);

    private OrphanReport _report = new(0, 0, null);
    private bool _looking;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        this.RegisterGrainTimer(LookAsync, new GrainTimerCreationOptions(StartAllowance, Period) { Interleave = true });
        return Task.CompletedTask;
    }

    public Task StartAsync() => this.RegisterOrUpdateReminder(WatchReminder, ReminderPeriod, ReminderPeriod);

    public Task<OrphanReport> GetAsync() => Task.FromResult(_report);

    public Task ReceiveReminder(string reminderName, TickStatus status) => Task.CompletedTask;

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        if (_looking) return;
        _looking = true;
        try
        {
            var now = clock.GetUtcNow();
            var before = now - TimeSpan.FromSeconds(options.Value.OrphanAfterSeconds);
            var suspects = await archive.ListOverdueAsync(before, now + AheadMax, SuspectsPerRoundMax, cancellationToken);
            var found = 0;
            foreach (var conversationId in suspects.Select(suspect => suspect.ConversationId).Distinct())
            {
                if (!await GrainFactory.GetGrain<IConversationGrain>(conversationId).RedriveAsync()) continue;
                found++;
                metrics.Orphan();
            }

            _report = new OrphanReport(_report.Redriven + found, found, clock.GetUtcNow());
        }
        catch (Exception exception)
        {
            LogLookFailed(logger, exception);
        }
        finally
        {
            _looking = false;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "A round of the orphan watch failed.")]
    private static partial void LogLookFailed(ILogger logger, Exception exception);
}
