using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Waqtor.Archive;
using Waqtor.Messages;

namespace Waqtor.Conversations;

/// <inheritdoc cref="IOrphanWatchGrain" />
/// <remarks>
/// The archive says who may be late; it lags by milliseconds, so each suspect is asked itself and only what it then had
/// to take up counts. The reminder brings the watch back wherever it was lost; nothing else needs to be remembered.
/// With each start of a node the queues of messages to send are gone, which were orders in memory, and the reminders of those
/// who stood there may be half a minute ahead: the archive says who they were, and to be asked is enough to queue again.
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
    private const int WaitingPerPage = 200;
    private const int WaitingMax = 100_000;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);
    // After a start, what fell due meanwhile is taken up by its own reminders; only what they leave is orphaned.
    private static readonly TimeSpan StartAllowance = TimeSpan.FromSeconds(15);
    // No window or retry is longer: the clock was set back while nobody ran. To be asked is enough, it wakes the conversation.
    private static readonly TimeSpan AheadMax = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan ReminderPeriod = TimeSpan.FromMinutes(1);

    private OrphanReport _report = new(0, 0, null);
    private OverdueBatch? _last;
    private bool _looking;
    private bool _waking;
    private IGrainTimer _wakeTimer = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        this.RegisterGrainTimer(LookAsync, new GrainTimerCreationOptions(StartAllowance, Period) { Interleave = true });
        _wakeTimer = this.RegisterGrainTimer(WakeWaitingAsync, new GrainTimerCreationOptions(TimeSpan.Zero, Period) { Interleave = true });
        return Task.CompletedTask;
    }

    public Task StartAsync()
    {
        _wakeTimer.Change(TimeSpan.Zero, Period);
        return this.RegisterOrUpdateReminder(WatchReminder, ReminderPeriod, ReminderPeriod);
    }

    public Task<OrphanReport> GetAsync() => Task.FromResult(_report);

    public Task ReceiveReminder(string reminderName, TickStatus status) => Task.CompletedTask;

    // Oldest first, as they stood in the queue. What the archive does not know yet, or what is beyond the limit, has its reminder.
    private async Task WakeWaitingAsync(CancellationToken cancellationToken)
    {
        if (_waking) return;
        _waking = true;
        try
        {
            var filter = new MessageFilter { Status = MessageStatus.Pending, Ascending = true, Limit = WaitingPerPage };
            var asked = new HashSet<string>(StringComparer.Ordinal);
            for (var seen = 0; seen < WaitingMax; seen += WaitingPerPage)
            {
                var page = await archive.ListMessagesAsync(filter, cancellationToken);
                var waiting = page.Items.Where(message => !message.Doubtful).Select(message => message.ConversationId).Where(asked.Add);
                await Task.WhenAll(waiting.Select(WakeAsync));
                if (page.NextCursor is null) break;
                filter = filter with { Cursor = page.NextCursor };
            }

            _wakeTimer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
        catch (Exception exception)
        {
            // The next tick tries again.
            LogLookFailed(logger, exception);
        }
        finally
        {
            _waking = false;
        }
    }

    private async Task WakeAsync(string conversationId)
    {
        try
        {
            await GrainFactory.GetGrain<IConversationGrain>(conversationId).GetAsync();
        }
        catch (Exception exception)
        {
            LogWakeFailed(logger, exception, conversationId);
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        if (_looking) return;
        _looking = true;
        try
        {
            var now = clock.GetUtcNow();
            var before = now - TimeSpan.FromSeconds(options.Value.OrphanAfterSeconds);
            var suspects = await archive.ListOverdueAsync(before, now + AheadMax, _last, SuspectsPerRoundMax, cancellationToken);
            // While a provider is away they may be more than a round asks: the next one goes on behind them, and begins anew after the last.
            _last = suspects.Count < SuspectsPerRoundMax ? null : suspects[^1];
            var found = await AskAsync([.. suspects.Select(suspect => suspect.ConversationId).Distinct()]);
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

    // How many had something to take up. One that fails hides none of those behind it.
    private async Task<int> AskAsync(IReadOnlyList<string> conversationIds)
    {
        var found = 0;
        var hasFailed = false;
        foreach (var conversationId in conversationIds)
        {
            try
            {
                if (!await GrainFactory.GetGrain<IConversationGrain>(conversationId).RedriveAsync()) continue;
                found++;
                metrics.Orphan();
            }
            catch (Exception exception)
            {
                // Told once a round: when the store is away, all of them fail.
                if (!hasFailed) LogRedriveFailed(logger, exception, conversationId);
                hasFailed = true;
            }
        }

        return found;
    }

    [LoggerMessage(1, LogLevel.Warning, "A round of the orphan watch failed.")]
    private static partial void LogLookFailed(ILogger logger, Exception exception);

    [LoggerMessage(2, LogLevel.Warning, "Conversation {ConversationId} has messages to send and could not be woken; its reminder does it.")]
    private static partial void LogWakeFailed(ILogger logger, Exception exception, string conversationId);

    [LoggerMessage(3, LogLevel.Warning, "Conversation {ConversationId} failed when the orphan watch asked it, the first of its round; it is asked again.")]
    private static partial void LogRedriveFailed(ILogger logger, Exception exception, string conversationId);
}
