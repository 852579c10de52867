using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Waqtor.Conversations;
using Waqtor.Instances;
using Waqtor.Timing;

namespace Waqtor.Sending;

/// <inheritdoc cref="IOutboundGrain" />
/// <remarks>
/// The grain never awaits a conversation inside a turn: conversations call it while it tells them of theirs. All state
/// is one <see cref="OutboundQueue"/>, changed between awaits only.
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
    private int _waitingTold;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // Only the Cloud API counts per contact; an instance's provider never changes.
        var id = this.GetPrimaryKeyString();
        var instances = await GrainFactory.GetGrain<IInstanceDirectoryGrain>(0).ListAsync();
        _queue = new OutboundQueue(options.Value, instances.Any(one => one.Id == id && one.Provider == ProviderKind.Cloud));
        _timer = this.RegisterGrainTimer(
            Tick, new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan) { KeepAlive = true });
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        metrics.WaitingChanged(-_waitingTold);
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

    public Task<OutboundStats> GetStatsAsync()
    {
        var pausedUntil = _queue.PausedUntil > _clock.Now ? _queue.PausedUntil : null;
        return Task.FromResult(new OutboundStats(_queue.Waiting, _queue.InFlight, pausedUntil));
    }

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
        foreach (var turn in turns) _ = BeginAsync(turn);

        metrics.WaitingChanged(_queue.Waiting - _waitingTold);
        _waitingTold = _queue.Waiting;
        ArmTimer(now);
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
}
