using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Waqtor.Archive;
using Waqtor.Conversations;
using Waqtor.Events;

namespace Waqtor.Messages;

/// <inheritdoc cref="IMessageStatusGrain" />
/// <remarks>
/// Statuses and the send's own answer race. What comes before the link is kept as it came, and merged when the link
/// says whose it is. Where the provider returns our own message id, the status proves that a message whose answer was
/// lost went out: its conversation is told by a timer, away from the delivery that waits for its acknowledgement, and
/// then links. Conversations call back from outside their turns, so waiting for one here cannot lock both.
/// What is stored is noted with a <see cref="StatusExpiryGrain"/>, which asks later whether it is old. A status that comes when it was removed is
/// one of a message that is not known, and is removed in its turn.
/// </remarks>
[GrainType("message-status")]
[CollectionAgeLimit(Minutes = 5)]
public sealed partial class MessageStatusGrain(
    [PersistentState("status", GrainStorageNames.Waqtor)] IPersistentState<MessageStatusState> state,
    IIdSource ids,
    TimeProvider clock,
    IOptions<MessageStatusOptions> options,
    MessageStatusMetrics metrics,
    EventPost post,
    ILogger<MessageStatusGrain> logger) : Grain, IMessageStatusGrain, IRemindable
{
    // The send's own answer is usually just behind the first status and links the message by itself.
    private static readonly TimeSpan SettlePatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan SettleRetryMax = TimeSpan.FromMinutes(1);

    private MessageStatusKey _key;
    private OutboxDispatcher _outbox = null!;
    private PendingReminder _pending = null!;
    private IGrainTimer? _settleTimer;
    private TimeSpan _settleRetry = TimeSpan.FromSeconds(1);
    private bool _storeIsBehind;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _key = MessageStatusKey.Parse(this.GetPrimaryKeyString());
        _pending = new PendingReminder(this);
        _outbox = new OutboxDispatcher(this, post, () => state.State.Outbox, logger);
        _outbox.Start();
        if (state.State.SettleMessageId is not null) SettleIn(TimeSpan.Zero);
        return Task.CompletedTask;
    }

    public async Task ApplyAsync(string instance, StatusUpdate update)
    {
        var change = new StatusChange
        {
            Status = update.Status,
            At = update.At ?? clock.GetUtcNow(),
            Errors = update.Errors,
            ProviderStatus = update.ProviderStatus,
        };

        if (state.State.Message is { } message)
        {
            var merge = Merge(message, change);
            if (!merge.IsChanged)
            {
                await EnsurePendingAsync();
                return;
            }

            await BeginChangeAsync();
            Keep(message, merge, change.At);
            if (!merge.IsNews) TellHistory(change.At);
        }
        else
        {
            if (!IsUnseen(change))
            {
                await EnsurePendingAsync();
                return;
            }

            await BeginChangeAsync();
            state.State.Early.Add(change);
            if (update is { MessageId: not null, ConversationId: not null })
            {
                state.State.SettleMessageId = update.MessageId;
                state.State.SettleConversationId = update.ConversationId;
            }

            metrics.Early();
        }

        await WriteAsync();
        metrics.Applied(update.Status);
        if (state.State.SettleMessageId is not null && _settleTimer is null) SettleIn(SettlePatience);
    }

    public async Task LinkAsync(MessageRecord message)
    {
        if (state.State.Message is { } known)
        {
            if (known.Id != message.Id) LogLinkedTwice(logger, known.Id, message.Id);
            await EnsurePendingAsync();
            return;
        }

        await BeginChangeAsync();
        state.State.Message = message with { ProviderMessageId = _key.ProviderMessageId };
        var untold = (DateTimeOffset?)null;
        foreach (var change in state.State.Early)
        {
            var current = state.State.Message;
            var merge = Merge(current, change);
            Keep(current, merge, change.At);
            if (merge.IsNews) untold = null;
            else if (merge.IsChanged) untold = change.At;
        }

        if (untold is { } at) TellHistory(at);

        state.State.Early = [];
        state.State.SettleMessageId = null;
        state.State.SettleConversationId = null;
        await WriteAsync();
    }

    public async Task<bool> ExpireAsync()
    {
        if (state.State.Outbox.Count > 0 || state.State.SettleMessageId is not null) return false;
        DeactivateOnIdle();
        if (!state.RecordExists) return true;
        if (clock.GetUtcNow() - state.State.ChangedAt < TimeSpan.FromDays(options.Value.StatusDays)) return false;
        await state.ClearOrForgetAsync(this);
        return true;
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (state.State.SettleMessageId is not null) await SettleAsync();
        if (state.State.Outbox.Count > 0) _outbox.Start();
        if (state.State.SettleMessageId is not null || state.State.Outbox.Count > 0) return;
        if (_storeIsBehind || _outbox.StoreIsBehind) await WriteAsync();
        await _pending.RemoveAsync();
    }

    private MessageStatusMerge Merge(MessageRecord message, StatusChange change) =>
        MessageStatusMerge.Apply(message.Status, message.History, message.Errors, change, options.Value);

    private void Keep(MessageRecord message, MessageStatusMerge merge, DateTimeOffset at)
    {
        var next = message with
        {
            Status = merge.Status,
            History = merge.History,
            Errors = merge.Errors,
            Doubtful = false,
        };
        state.State.Message = next;
        if (merge.IsNews) Tell(NameOf(merge.Status), next, at);
    }

    // A status that comes late moves nothing, but the record's history and reasons have it.
    private void TellHistory(DateTimeOffset at) => Tell(EventNames.MessageChanged, state.State.Message!, at);

    private void Tell(string name, MessageRecord message, DateTimeOffset at) => state.State.Outbox.Add(new DomainEvent
    {
        Id = ids.New(IdPrefix.Event),
        Name = name,
        At = clock.GetUtcNow(),
        Instance = message.Instance,
        ConversationId = message.ConversationId,
        Message = message,
        Status = new MessageStatusRecord
        {
            MessageId = message.Id,
            ProviderMessageId = message.ProviderMessageId,
            Status = message.Status,
            At = at,
            Errors = message.Errors,
            History = message.History,
        },
    });

    private static string NameOf(MessageStatus status) => status switch
    {
        MessageStatus.Sent => EventNames.MessageSent,
        MessageStatus.Delivered => EventNames.MessageDelivered,
        MessageStatus.Read => EventNames.MessageRead,
        MessageStatus.Failed => EventNames.MessageFailed,
        _ => EventNames.MessageChanged,
    };

    private bool IsUnseen(StatusChange change) =>
        state.State.Early.Count < options.Value.HistoryMax
        && !state.State.Early.Exists(line => line.Status == change.Status && line.At == change.At);

    // Before anything is changed: see StatusExpiryGrain.
    private async Task BeginChangeAsync()
    {
        if (!state.State.IsNoted)
        {
            var key = _key.ToString();
            await GrainFactory.GetGrain<IStatusExpiryGrain>(ArchiveShard.Of(key, options.Value.ExpiryShards)).AddAsync(key);
            state.State.IsNoted = true;
        }

        state.State.ChangedAt = clock.GetUtcNow();
    }

    private async Task WriteAsync()
    {
        // A provider waits for this: the reminder and the state are written side by side.
        await state.WriteOrForgetAsync(this, EnsurePendingAsync());
        _storeIsBehind = false;
        _outbox.Start();
    }

    // Also before a repetition is acknowledged: what it repeats may have been stored while its reminder was not.
    private Task EnsurePendingAsync() =>
        state.State.Outbox.Count > 0 || state.State.SettleMessageId is not null ? _pending.EnsureAsync() : Task.CompletedTask;

    private void SettleIn(TimeSpan delay)
    {
        _settleTimer?.Dispose();
        _settleTimer = this.RegisterGrainTimer(
            SettleAsync, new GrainTimerCreationOptions(delay, Timeout.InfiniteTimeSpan));
    }

    private async Task SettleAsync()
    {
        _settleTimer = null;
        if (state.State is not { SettleMessageId: { } messageId, SettleConversationId: { } conversationId }) return;
        try
        {
            var conversation = GrainFactory.GetGrain<IConversationGrain>(conversationId);
            // Both ids came from outside: an instance's webhook speaks for its own messages only.
            if (await conversation.GetAsync() is { } found && found.InstanceId == _key.InstanceId)
                await conversation.SettleSendAsync(messageId, _key.ProviderMessageId);
            // Told once is enough; the store follows with the next write.
            state.State.SettleMessageId = null;
            state.State.SettleConversationId = null;
            _storeIsBehind = true;
        }
        catch (Exception exception)
        {
            LogSettleFailed(logger, exception, messageId, _settleRetry);
            SettleIn(_settleRetry);
            if (_settleRetry < SettleRetryMax) _settleRetry *= 2;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "A provider's id belongs to message {Known} and was linked to {Other} as well; the first stays.")]
    private static partial void LogLinkedTwice(ILogger logger, string known, string other);

    [LoggerMessage(2, LogLevel.Warning, "The conversation of message {MessageId} could not be told that it went out; trying again in {Delay}.")]
    private static partial void LogSettleFailed(ILogger logger, Exception exception, string messageId, TimeSpan delay);
}
