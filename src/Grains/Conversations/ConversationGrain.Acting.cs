using System.Collections.Immutable;
using Waqtor.Devices;
using Waqtor.Events;
using Waqtor.Messages;
using Waqtor.Sending;

namespace Waqtor.Conversations;

// What follows a write: workers, turns, the timer, and telling.
public sealed partial class ConversationGrain
{
    private void Act()
    {
        var now = _clock.Now;
        // By its replays as well: a batch that is replayed counts its attempts from the start.
        if (state.State.Batches is [{ AttemptStartedAt: { } startedAt, ReplyMessageId: null } batch, ..] && !_interrupted
            && _handedOver != (batch.Id, batch.Replays, batch.Attempts))
        {
            _handedOver = (batch.Id, batch.Replays, batch.Attempts);
            // An activation that left memory meanwhile might come back on another silo, take the attempt for one that died and begin another.
            DelayDeactivation(startedAt + options.Value.ReplyTimeout - now + WorkerMayBeginLate);
            Observe(GrainFactory.GetGrain<IReplyGrain>(0).ProcessAsync(new ReplyRequest
            {
                InstanceId = state.State.InstanceId,
                Instance = state.State.Instance,
                ConversationId = Id,
                BatchId = batch.Id,
                Attempt = batch.Attempts,
                Contact = state.State.Contact,
                Messages = [.. batch.Messages],
                Offers = [.. state.State.Offers],
                TimeLeft = startedAt + options.Value.ReplyTimeout - now,
                HandedOver = process.HandOver(clock),
            }));
        }

        if (state.State.Outgoing is [{ AttemptStartedAt: null } message, ..] && message.NotBefore <= now
            && (_turnAsked.MessageId != message.Record.Id || _turnAsked.At + WakeUps.TurnPatience <= now))
        {
            _turnAsked = (message.Record.Id, now);
            // The window is WhatsApp's: a device's session has no end of it. What only goes inside it never opens a contact.
            var windowEndsAt = DeviceSessionKey.Of(state.State.Contact) is null && !message.InsideWindowOnly ? state.State.WindowEndsAt() : DateTimeOffset.MaxValue;
            Observe(Outbound.RequestTurnAsync(new SendTicket(
                Id, message.Record.Id, message.Record.Author ?? MessageAuthor.Bot, windowEndsAt, state.State.WrittenOutsideWindowAt)));
        }

        var next = _interrupted ? now : WakeUps.Next(state.State, options.Value, now);
        SetTimer(next is null ? Timeout.InfiniteTimeSpan : next.Value > now ? next.Value - now : TimeSpan.Zero);
    }

    private IOutboundGrain Outbound => GrainFactory.GetGrain<IOutboundGrain>(state.State.InstanceId);

    private void EndTurn(string messageId, TimeSpan? pauseInstanceFor = null)
    {
        if (_turnAsked.MessageId == messageId) _turnAsked = default;
        if (state.State.Exists) Observe(Outbound.EndTurnAsync(Id, messageId, pauseInstanceFor));
    }

    // A timer counts 49 days at most; one that comes too early finds nothing to do and is set again.
    private void SetTimer(TimeSpan delay) => _timer.Change(delay < TimerMax ? delay : TimerMax, Timeout.InfiniteTimeSpan);

    private void StartOutbox()
    {
        if (state.State.Outbox.Count > 0)
        {
            LetRide(state.State.Exists ? state.State.ToRecord(Id) : null);
            _bufferRecord = TellsOfOpening(state.State) ? state.State.Buffer!.ToRecord(state.State, Id, BatchStatus.Open) : null;
        }

        _outbox.Start();
    }

    // A record that the archive has already, but for its version, does not ride again: the end of a burst changes nothing that a list shows.
    // A device's always does, because the router finds the device by it.
    private void LetRide(ConversationRecord? record)
    {
        if (_isRecordTold && record is not null && _record is not null && DeviceSessionKey.Of(record.Contact) is null
            && record with { Version = _record.Version } == _record)
            return;
        _record = record;
        _isRecordTold = false;
    }

    // Only the message that opened the buffer takes it along.
    private static bool TellsOfOpening(ConversationState current)
    {
        if (current.Buffer is not { Messages: [var first, ..] }) return false;
        foreach (var one in current.Outbox)
        {
            if (one.Message?.Id == first.Id) return true;
        }

        return false;
    }

    // A conversation that has done and told everything rests: nothing wakes it, and it leaves memory soon.
    private void OnAllTold()
    {
        if (_riding is not null) _isRecordTold = ReferenceEquals(_riding, _record);
        _riding = null;
        _bufferRecord = null;
        if (_reminderDueAt is not null && !_stateIsInDoubt && HasNothingToDo) Observe(UnregisterAsync());
    }

    // What a provider will say of a sent message must find it: the link is made before the event leaves the outbox.
    // The newest durable records ride along, so that a message needs no second event for its conversation.
    private async Task<ImmutableArray<DomainEvent>> PrepareEventsAsync(ImmutableArray<DomainEvent> events)
    {
        foreach (var one in events)
        {
            if (one is { Name: EventNames.MessageSent, Message: { ProviderMessageId: { } providerMessageId } sent })
            {
                var key = new MessageStatusKey(state.State.InstanceId, providerMessageId);
                await GrainFactory.GetGrain<IMessageStatusGrain>(key.ToString()).LinkAsync(sent);
            }
        }

        var result = events;
        if (_record is not null && !_isRecordTold)
        {
            _riding = _record;
            result = result.SetItem(result.Length - 1, result[^1] with { Conversation = _record });
        }

        if (_bufferRecord is not { MessageIds: [var first, ..] }) return result;
        // A buffer is told of once, with the message that opened it: the orphan watch then knows its due time.
        for (var i = 0; i < result.Length; i++)
        {
            if (result[i] is { Batch: null, Message: { } message } && message.Id == first)
                result = result.SetItem(i, result[i] with { Batch = _bufferRecord });
        }

        return result;
    }

    private void Observe(Task call)
    {
        if (call.IsCompletedSuccessfully) return;
        _ = ObserveAsync(call);
    }

    private async Task ObserveAsync(Task call)
    {
        try
        {
            await call;
        }
        catch (Exception exception)
        {
            // The timer or the reminder comes back to whatever this call was for.
            LogCallFailed(logger, exception, Id);
        }
    }
}
