using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Waqtor.Conversations;
using Waqtor.Instances;
using Waqtor.Timing;

namespace Waqtor.Sending;

/// <inheritdoc cref="IOutboundGrain" />
/// <remarks>
/// The grain never awaits a conversation inside a turn: conversations call it while it tells them of theirs. All state
/// is one <see cref="OutboundQueue"/>, changed between awaits only. Of it only the count of the day's contacts is durable, and
/// before a turn that changed it is told of: after a crash a contact may count twice, and none is forgotten.
/// </remarks>
[GrainType("outbound")]
public sealed partial class OutboundGrain(
    IOptions<SendingOptions> options,
    SendingMetrics metrics,
    TimeProvider clock,
    ILogger<OutboundGrain> logger) : Grain, IOutboundGrain
{
    // While anything waits the grain must not be collected as idle: its timer ticks at least this often.
    private static readonly TimeSpan TickMax = TimeSpan.FromSeconds(30);

    private readonly SteadyClock _clock = new(clock);
    private OutboundQueue _queue = null!;
    private IGrainTimer _timer = null!;
    private readonly List<OutboundTurn> _uncounted = [];
    private bool _isCounting;
    private long _limitVersion = -1;
    private int _waitingTold;
    private int _waitingForDayTold;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // Only the Cloud API counts per contact; an instance's provider never changes.
        var id = this.GetPrimaryKeyString();
        var instances = await GrainFactory.GetGrain<IInstanceDirectoryGrain>(0).ListAsync();
        var instance = instances.FirstOrDefault(one => one.Id == id);
        _queue = new OutboundQueue(options.Value, instance?.Provider == ProviderKind.Cloud);
        _timer = this.RegisterGrainTimer(
            Tick, new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan) { KeepAlive = true });
        if (instance?.ContactsPerDay is { } limit) await LimitContactsAsync(limit, instance.Version);
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        metrics.WaitingChanged(-_waitingTold);
        metrics.WaitingForDayChanged(-_waitingForDayTold);
        return Task.CompletedTask;
    }

    public Task RequestTurnAsync(SendTicket ticket)
    {
        if (!_queue.Add(ticket, _clock.Now))
        {
            throw new LimitExceededException("The instance's queue is full; the limit is Waqtor:Sending:QueueTicketsMax.");
        }

        GiveTurns();
        return Task.CompletedTask;
    }

    public Task EndTurnAsync(string conversationId, string messageId, TimeSpan? pauseInstanceFor)
    {
        if (pauseInstanceFor is { } pause)
        {
            var until = _clock.Now + pause;
            _queue.Pause(until);
            LogPaused(logger, until);
        }

        _queue.End(conversationId, messageId, _clock.Now);
        GiveTurns();
        return Task.CompletedTask;
    }

    public Task CountInboundAsync(int messages)
    {
        _queue.CountInbound(messages, _clock.Now);
        return Task.CompletedTask;
    }

    public async Task LimitContactsAsync(int contactsPerDay, long version)
    {
        if (version < _limitVersion) return;
        if (contactsPerDay == 0) _queue.LimitContacts(null, _clock.Now);
        else if (_queue.Contacts is { } contacts) contacts.Limit = contactsPerDay;
        else _queue.LimitContacts(new DailyContacts(contactsPerDay, await Contacts.ReadAsync(), _clock.Now), _clock.Now);
        _limitVersion = version;
        GiveTurns();
    }

    public Task<OutboundStats> GetStatsAsync()
    {
        var now = _clock.Now;
        var pausedUntil = _queue.PausedUntil > now ? _queue.PausedUntil : null;
        var (waitingForDay, dayFreeAt) = _queue.WaitingForDay(now);
        return Task.FromResult(new OutboundStats(_queue.Waiting, _queue.InFlight, pausedUntil, waitingForDay, dayFreeAt));
    }

    private IDailyContactsGrain Contacts => GrainFactory.GetGrain<IDailyContactsGrain>(this.GetPrimaryKeyString());

    private Task Tick()
    {
        _queue.Sweep(_clock.Now);
        GiveTurns();
        return Task.CompletedTask;
    }

    private void GiveTurns()
    {
        var now = _clock.Now;
        var takenBack = _queue.TakeBack(now);
        if (takenBack.Count > 0)
        {
            metrics.TurnsTakenBack(takenBack.Count);
            foreach (var ticket in takenBack) LogTakenBack(logger, ticket.MessageId);
        }

        var turns = _queue.Take(now);
        if (turns.Count > 0) metrics.TurnsGiven(turns.Count);
        foreach (var turn in turns)
        {
            if (turn.IsCounted) _uncounted.Add(turn);
            else _ = BeginAsync(turn);
        }

        if (_uncounted.Count > 0 && !_isCounting) _ = BeginCountedAsync();
        TellWaiting(now);
        ArmTimer(now);
    }

    // One write for all that came to be counted during the write before it.
    private async Task BeginCountedAsync()
    {
        _isCounting = true;
        while (_uncounted.Count > 0)
        {
            var turns = _uncounted.ToArray();
            _uncounted.Clear();
            try
            {
                // Null: the limit was taken away meanwhile.
                if (_queue.Contacts is { } contacts) await Contacts.KeepAsync(contacts.Slices);
                foreach (var turn in turns) _ = BeginAsync(turn);
            }
            catch (Exception exception)
            {
                LogCountFailed(logger, exception);
                foreach (var turn in turns) _queue.Return(turn, _clock.Now);
            }
        }

        _isCounting = false;
        GiveTurns();
    }

    private void TellWaiting(DateTimeOffset now)
    {
        metrics.WaitingChanged(_queue.Waiting - _waitingTold);
        _waitingTold = _queue.Waiting;
        var (waitingForDay, freeAt) = _queue.WaitingForDay(now);
        if (freeAt is { } at && _waitingForDayTold == 0) LogDayIsFull(logger, at);
        metrics.WaitingForDayChanged(waitingForDay - _waitingForDayTold);
        _waitingForDayTold = waitingForDay;
    }

    private async Task BeginAsync(OutboundTurn turn)
    {
        try
        {
            await GrainFactory.GetGrain<IConversationGrain>(turn.Ticket.ConversationId).BeginSendAsync(turn.Ticket.MessageId);
            turn.Accepted = true;
        }
        catch (Exception exception)
        {
            LogBeginFailed(logger, exception, turn.Ticket.MessageId);
            _queue.Return(turn, _clock.Now);
            GiveTurns();
        }
    }

    private void ArmTimer(DateTimeOffset now)
    {
        if (_queue.IsEmpty)
        {
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return;
        }

        var delay = (_queue.NextAt(now) ?? DateTimeOffset.MaxValue) - now;
        if (delay > TickMax) delay = TickMax;
        // Timers count whole milliseconds; one cut short would find nothing to do yet.
        _timer.Change(TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling(delay.TotalMilliseconds))), Timeout.InfiniteTimeSpan);
    }

    [LoggerMessage(1, LogLevel.Warning, "Message {MessageId} had its turn and nobody ended it; the turn was taken back.")]
    private static partial void LogTakenBack(ILogger logger, string messageId);

    [LoggerMessage(2, LogLevel.Warning, "The conversation of message {MessageId} could not be told of its turn; trying again.")]
    private static partial void LogBeginFailed(ILogger logger, Exception exception, string messageId);

    [LoggerMessage(3, LogLevel.Information, "The provider asked to wait: nothing is sent before {Until}.")]
    private static partial void LogPaused(ILogger logger, DateTimeOffset until);

    [LoggerMessage(4, LogLevel.Warning, "The count of the day's contacts could not be stored; trying again.")]
    private static partial void LogCountFailed(ILogger logger, Exception exception);

    [LoggerMessage(5, LogLevel.Information, "The instance wrote to as many contacts as it may in a day: messages to further ones wait, the first until {FreeAt}.")]
    private static partial void LogDayIsFull(ILogger logger, DateTimeOffset freeAt);
}
