using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Waqtor.Devices;
using Waqtor.Events;
using Waqtor.Messages;
using Waqtor.Sending;
using Waqtor.SmartBot;
using Waqtor.Timing;

namespace Waqtor.Conversations;

/// <inheritdoc cref="IConversationGrain" />
/// <remarks>
/// The grain is a shell: <see cref="ConversationBook"/> and its decisions change the state, this class writes it and then
/// acts on it. Acting (<see cref="Act"/>) is derived from the state, so it is the same after a write and after a restart:
/// an attempt that was begun is handed to a worker, a message that waits asks for its turn, the timer is set.
/// </remarks>
[GrainType("conversation")]
[CollectionAgeLimit(Minutes = 1)]
public sealed partial class ConversationGrain(
    [PersistentState("conversation", GrainStorageNames.Waqtor)] IPersistentState<ConversationState> state,
    TimeProvider clock,
    IIdSource ids,
    ProcessName process,
    Random random,
    IOptions<ConversationOptions> options,
    IOptions<SendingOptions> sending,
    ConversationMetrics metrics,
    EventPost post,
    ILogger<ConversationGrain> logger) : Grain, IConversationGrain, IRemindable
{
    private const string WorkReminder = "work";
    private static readonly TimeSpan ReminderPeriod = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ReminderSoon = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ReminderMax = TimeSpan.FromDays(3_660);
    private static readonly TimeSpan TimerMax = TimeSpan.FromDays(30);
    private static readonly TimeSpan TryAgainIn = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ReminderSlack = TimeSpan.FromSeconds(10);
    // A worker counts its time from when it begins.
    private static readonly TimeSpan WorkerMayBeginLate = TimeSpan.FromSeconds(10);

    private readonly SteadyClock _clock = new(clock);
    private OutboxDispatcher _outbox = null!;
    private IGrainTimer _timer = null!;
    private DateTimeOffset? _reminderDueAt;
    private bool _reminderIsInDoubt;
    private Task _reminding = Task.CompletedTask;
    private DateTimeOffset? _promised;
    private bool _stateIsInDoubt;
    private bool _mayBeWrittenLate;
    private bool _interrupted;
    private (string BatchId, int Replay, int Attempt) _handedOver;
    private (string MessageId, DateTimeOffset At) _turnAsked;
    private ConversationRecord? _record;
    private ConversationRecord? _riding;
    private bool _isRecordTold;
    private BatchRecord? _bufferRecord;

    private string Id => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _outbox = new OutboxDispatcher(this, post, () => state.State.Outbox, logger, PrepareEventsAsync, OnAllTold);
        // Kept in memory by its ticks: who tries again each second must not be taken for idle.
        _timer = this.RegisterGrainTimer(WakeAsync, new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan) { KeepAlive = true });
        StoredDeadlines.Clamp(state.State, options.Value, _clock.Now);
        // Whatever an earlier life left is taken up by the first tick, in a turn of its own.
        TakeUpAttempts();
        if (_interrupted || WakeUps.Next(state.State, options.Value, _clock.Now) is not null) SetTimer(TimeSpan.Zero);
        if (state.State.Outbox.Count > 0) StartOutbox();
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_stateIsInDoubt || !_outbox.StoreIsBehind) return;
        try
        {
            await state.WriteStateAsync(cancellationToken);
        }
        catch (Exception exception)
        {
            // Only told events are still in the store: they will be told once more.
            LogLastWriteFailed(logger, exception);
        }
    }

    public async Task<SendTextResult> SendTextAsync(SendTextCommand command)
    {
        await EnsureStateAsync();
        var now = _clock.Now;
        var current = state.State;
        if (current.MovedTo is { } movedTo) return new SendTextResult(null, now, MovedTo: movedTo);
        if (current.AcceptedSends.Find(send => send.IdempotencyKey == command.IdempotencyKey) is { } accepted)
        {
            await EnsureReminderAsync(now);
            return new SendTextResult(accepted.MessageId, accepted.At);
        }

        if (command.EnforceWindow && !(current.WindowEndsAt() > now))
            return new SendTextResult(null, now, "window_closed");
        if (current.Outgoing.Count >= options.Value.OutgoingMax) return new SendTextResult(null, now, "queue_full");

        var book = Open();
        book.Introduce(command.InstanceId, command.Instance, command.Contact);
        var message = book.QueueText(
            command.Text, command.Author,
            quotedProviderMessageId: command.QuotedProviderMessageId, idempotencyKey: command.IdempotencyKey, offer: command.Offer,
            insideWindowOnly: command.EnforceWindow, mentionedIds: command.MentionedIds);
        await SaveAsync(book);
        return new SendTextResult(message.Record.Id, book.Now);
    }

    public async Task CompleteReplyAsync(ReplyResult result)
    {
        await EnsureStateAsync();
        var book = Open();
        if (!book.CompleteReply(result)) return;
        await SaveAsync(book);
        metrics.Replied(result.Error is null);
    }

    public async Task BeginSendAsync(string messageId)
    {
        await EnsureStateAsync();
        var book = Open();
        if (book.BeginSend(messageId) is not { } message)
        {
            EndTurn(messageId);
            return;
        }

        await SaveAsync(book);
        // A write that took long leaves too little of the attempt's time: it counts as one without a report.
        if (_clock.Now - book.Now > SendSlack.OfConversation(options.Value, sending.Value))
        {
            EndTurn(messageId);
            return;
        }

        var answered = AnsweredBy(message.Record);
        Observe(GrainFactory.GetGrain<ISenderGrain>(0).SendAsync(new SendRequest
        {
            InstanceId = state.State.InstanceId,
            Instance = state.State.Instance,
            ConversationId = Id,
            MessageId = messageId,
            Attempt = message.Attempts,
            Contact = state.State.Contact,
            Text = message.Record.Text ?? "",
            QuotedProviderMessageId = message.Record.Content?.QuotedProviderMessageId,
            Offer = message.Record.Content?.Offer,
            MentionedIds = message.Record.Content?.MentionedIds,
            BatchId = message.Record.BatchId,
            Author = message.Record.Author,
            AnsweredProviderMessageIds = [.. (answered?.Messages ?? []).Select(one => one.ProviderMessageId).OfType<string>()],
            Confidence = answered?.Reply is { Path: ReplyPath.Rule or ReplyPath.Menu } reply ? reply.Confidence : null,
            HandedOver = process.HandOver(clock),
            IsOutsideWindow = message.InsideWindowOnly && DeviceSessionKey.Of(state.State.Contact) is null && !book.IsInsideWindow(),
        }));
    }

    // Only devices are told which of their messages are answered, and how surely; the others are spared it.
    private BatchState? AnsweredBy(MessageRecord reply) =>
        DeviceSessionKey.Of(state.State.Contact) is not null && state.State.Batches is [{ } batch, ..] && batch.Id == reply.BatchId ? batch : null;

    public async Task CompleteSendAsync(SendResult result)
    {
        await EnsureStateAsync();
        var book = Open();
        if (book.CompleteSend(result)) await SaveAsync(book);
        EndTurn(result.MessageId, book.PauseAfter(result));
        Act();
    }

    public async Task SettleSendAsync(string messageId, string providerMessageId)
    {
        await EnsureStateAsync();
        var book = Open();
        if (!book.Settle(messageId, providerMessageId)) return;
        await SaveAsync(book);
        EndTurn(messageId);
    }

    public Task<bool> PauseAsync(DateTimeOffset? until) => DecideAsync(book => book.Pause(until));

    public Task<bool> ResumeAsync() => DecideAsync(book => book.Resume());

    public Task<bool> MarkReadAsync() => DecideAsync(book =>
    {
        if (book.State.Unread == 0) return;
        book.State.Unread = 0;
        book.TellConversation();
    });

    public async Task<string?> FlushAsync()
    {
        await EnsureStateAsync();
        if (!state.State.Exists) return null;
        if (state.State.Buffer is not { } buffer) return "";
        var book = Open();
        book.Flush(BatchReason.Manual);
        await SaveAsync(book);
        return buffer.Id;
    }

    public async Task<ConversationView?> GetAsync()
    {
        await EnsureStateAsync();
        var current = state.State;
        if (!current.Exists) return null;
        return new ConversationView
        {
            InstanceId = current.InstanceId,
            Conversation = current.ToRecord(Id),
            Buffer = current.Buffer?.ToRecord(current, Id, BatchStatus.Open),
            Batches =
            [
                .. current.DeadLetters.Select(batch => batch.ToRecord(current, Id, BatchStatus.Dead)),
                .. current.Batches.Select(batch => batch.ToRecord(current, Id, BatchStatus.Processing)),
            ],
            PendingSends = current.Outgoing.Count,
        };
    }

    public async Task<bool> ReplayAsync(string batchId)
    {
        var replayed = false;
        await DecideAsync(book => replayed = book.Replay(batchId));
        return replayed;
    }

    public async Task<bool> DiscardAsync(string batchId)
    {
        var discarded = false;
        await DecideAsync(book => discarded = book.Discard(batchId));
        return discarded;
    }

    public async Task<bool> RedriveAsync()
    {
        await EnsureStateAsync();
        var book = Open();
        var next = WakeUps.Next(state.State, options.Value, book.Now);
        if (!(next + TimeSpan.FromSeconds(options.Value.OrphanAfterSeconds) <= book.Now)) return false;
        book.Tick();
        book.TickSends();
        await SaveAsync(book);
        Act();
        LogRedriven(logger, Id);
        return true;
    }

    private async Task WakeAsync(CancellationToken cancellationToken)
    {
        // Armed first: whatever fails below is tried again.
        SetTimer(TryAgainIn);
        await EnsureStateAsync();
        var book = Open();
        if (_mayBeWrittenLate) book.Touch();
        if (_interrupted) book.RestartInterrupted();
        book.Tick();
        book.TickSends();
        await SaveAsync(book);
        _interrupted = false;
        Act();
    }

    private async Task<bool> DecideAsync(Action<ConversationBook> decision)
    {
        await EnsureStateAsync();
        if (!state.State.Exists) return false;
        var book = Open();
        decision(book);
        await SaveAsync(book);
        return true;
    }

    // A worker of this process still has its attempt, and will tell; its time counts anew, because by a clock that was set
    // since it could end before the worker does. One of another process died with it.
    private void TakeUpAttempts()
    {
        if (state.State.Batches is [{ AttemptStartedAt: not null, ReplyMessageId: null } batch, ..])
        {
            _interrupted = batch.AttemptBy != process.Value;
            if (!_interrupted)
            {
                batch.AttemptStartedAt = _clock.Now;
                _handedOver = (batch.Id, batch.Replays, batch.Attempts);
            }
        }

        if (state.State.Outgoing is [{ AttemptStartedAt: not null } message, ..] && message.AttemptBy == process.Value)
            message.AttemptStartedAt = _clock.Now;
    }

    private bool HasNothingToDo => !_mayBeWrittenLate && WakeUps.Next(state.State, options.Value, _clock.Now) is null && state.State.Outbox.Count == 0;

    private ConversationBook Open()
    {
        if (state.State is { Buffer: null, Batches: [], Outgoing: [] } && !_mayBeWrittenLate) _clock.FollowWall();
        _promised = WakeUps.Next(state.State, options.Value, _clock.Now);
        return new ConversationBook(Id, state.State, _clock.Now, ids, process, options.Value, random);
    }

    // One write makes the decision, the dedupe memory and the events durable; only then anybody is told.
    private async Task SaveAsync(ConversationBook book)
    {
        if (!book.Changed)
        {
            // What an earlier call stored may have been stored without its reminder.
            await EnsureReminderAsync(book.Now);
            return;
        }

        _stateIsInDoubt = true;
        SetTimer(TryAgainIn);
        // Where only the events bring the conversation back, nobody repeats what a crash left halfway: the reminder comes first.
        var next = WakeUps.Next(state.State, options.Value, book.Now);
        if (next is null) await EnsureReminderAsync(book.Now);
        // A reminder may come too early, never too late: it is put off only when what it guarded is no longer due.
        var isPutOff = next > _promised;
        var reminding = isPutOff ? Task.CompletedTask : EnsureReminderAsync(book.Now);
        // Mostly the reminder is there already.
        await (reminding.IsCompletedSuccessfully ? state.WriteStateAsync() : Task.WhenAll(reminding, state.WriteStateAsync()));
        _stateIsInDoubt = false;
        _mayBeWrittenLate = false;
        StartOutbox();
        Act();
        if (isPutOff) await PutOffReminderAsync(book.Now);
    }

    // After a write that failed, the memory holds what may not be durable: the store decides. It may still come to have it
    // later, so the conversation does not rest before a write of its own has passed: that one fails if another came between.
    private async Task EnsureStateAsync()
    {
        if (!_stateIsInDoubt) return;
        await state.ReadStateAsync();
        StoredDeadlines.Clamp(state.State, options.Value, _clock.Now);
        _stateIsInDoubt = false;
        _mayBeWrittenLate = true;
        // What was handed over stays so: only attempts that are durable ever were.
        StartOutbox();
    }
}
