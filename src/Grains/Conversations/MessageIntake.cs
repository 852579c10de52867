using System.Collections.Immutable;
using Waqtor.Events;
using Waqtor.Messages;
using Waqtor.SmartBot;

namespace Waqtor.Conversations;

/// <summary>Takes a delivery's messages in: dedupe, order, and which of them join the buffer.</summary>
internal static class MessageIntake
{
    // What two readings of one clock, and its steering by the network's time, may be apart.
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMilliseconds(100);

    // Meta delivers again for up to 7 days (its webhook documentation).
    private static readonly TimeSpan DeliveredAgainMax = TimeSpan.FromDays(7);

    public static ReceiveResult Receive(this ConversationBook book, ReceiveMessages command)
    {
        var result = book.TakeIn(command);
        book.EndBurstIfDue();
        return result;
    }

    /// <summary>Deliveries that have waited, oldest first: only the last of them tells whether time is up, because each may hold what belongs to the burst before it.</summary>
    public static ImmutableArray<ReceiveResult> Receive(this ConversationBook book, ImmutableArray<ReceiveMessages> commands)
    {
        var results = ImmutableArray.CreateBuilder<ReceiveResult>(commands.Length);
        foreach (var command in commands) results.Add(book.TakeIn(command));
        book.EndBurstIfDue();
        return results.MoveToImmutable();
    }

    private static ReceiveResult TakeIn(this ConversationBook book, ReceiveMessages command)
    {
        var stored = 0;
        List<int>? seen = null;
        for (var i = 0; i < command.Messages.Length; i++)
        {
            var message = command.Messages[i];
            if (!book.State.Seen.TryAdd(message.ProviderMessageId, book.Now, book.Options.SeenIdsMax))
            {
                (seen ??= []).Add(i);
                continue;
            }

            book.Introduce(command.InstanceId, command.Instance, message.Contact);
            if (message.FromMe) book.TakeOwn(message, command);
            else book.TakeCustomers(message, command);
            stored++;
        }

        var result = new ReceiveResult(stored, command.Messages.Length - stored);
        return seen is null || stored == 0 ? result : result with { DuplicateIndexes = [.. seen] };
    }

    /// <summary>Begins the conversation, or learns more of its contact.</summary>
    public static void Introduce(this ConversationBook book, string instanceId, string instance, ContactIdentity contact)
    {
        var state = book.State;
        book.Touch();
        if (!state.Exists)
        {
            state.InstanceId = instanceId;
            state.Instance = instance;
            state.CreatedAt = book.Now;
            state.LastActivityAt = book.Now;
        }

        var known = state.Contact;
        // A group is nobody who wrote in it: the other ids are of that participant.
        var merged = contact.GroupId is not null
            ? known with { GroupId = known.GroupId ?? contact.GroupId }
            : known with
            {
                Phone = known.Phone ?? contact.Phone,
                Lid = known.Lid ?? contact.Lid,
                UserId = contact.UserId ?? known.UserId,
                Name = contact.Name ?? known.Name,
                Username = contact.Username ?? known.Username,
            };
        // Mostly nothing is new: the old object stays, which spares the collector a reference from old to young memory.
        if (merged != known) state.Contact = merged;
    }

    private static void TakeCustomers(this ConversationBook book, InboundMessage message, ReceiveMessages command)
    {
        var state = book.State;
        var record = book.NewRecord(message, command) with { Direction = MessageDirection.Inbound, Status = MessageStatus.Received };
        if (OpensWindow(message)) book.OpenWindow(message.SentAt, book.ArrivalOf(command));
        if (IsToBeRead(message)) state.Unread++;
        book.ShowLast(record);
        book.HonourChoice(message);
        book.ApplyToBuffer(message);
        if (JoinsBuffer(message)) record = book.Join(record, command);
        book.Tell(EventNames.MessageReceived, record);
        book.EndBurstIfFull(command.Buffer);
    }

    // WhatsApp counts 24 hours from when the customer wrote, also when it could not reach us before now. A later message may come first.
    // What says that it is older than any delivery can be has it from a clock that is wrong.
    private static void OpenWindow(this ConversationBook book, DateTimeOffset? sentAt, DateTimeOffset arrivedAt)
    {
        var writtenAt = sentAt is { } sent && sent <= book.Now && book.Now - sent <= DeliveredAgainMax ? sent : arrivedAt;
        if (!(book.State.LastInboundAt >= writtenAt)) book.State.LastInboundAt = writtenAt;
    }

    // An opt-out counts from the moment it is stored, not from when its burst ends.
    private static void HonourChoice(this ConversationBook book, InboundMessage message)
    {
        if (message.Kind != MessageKind.Text || message.Contact.GroupId is not null) return;
        if (Subscription.OptsOut(message.Text) is not { } optsOut || optsOut == (book.State.OptedOutAt is not null)) return;
        book.State.OptedOutAt = optsOut ? book.Now : null;
        if (optsOut) book.FallSilent();
        book.Tell(optsOut ? EventNames.ContactOptedOut : EventNames.ContactOptedIn);
    }

    // Typed on the business's phone, or the echo of a message whose answer was lost: the same words as one in doubt.
    private static void TakeOwn(this ConversationBook book, InboundMessage message, ReceiveMessages command)
    {
        if (book.SettleByEcho(message)) return;
        var record = book.NewRecord(message, command) with
        {
            Direction = MessageDirection.Outbound,
            Status = MessageStatus.Sent,
            Author = MessageAuthor.Phone,
        };
        book.ShowLast(record);
        book.Tell(EventNames.MessageSent, record);
    }

    // Groups are shown, never answered; notices about other messages are not messages to answer.
    private static bool JoinsBuffer(InboundMessage message) => message.Contact.GroupId is null && IsToBeRead(message);

    private static bool IsToBeRead(InboundMessage message) => message.Kind is not
        (MessageKind.Reaction or MessageKind.Edited or MessageKind.Deleted or MessageKind.System);

    // A reaction is a message of the customer; changes of older ones and notices of the platform are none.
    private static bool OpensWindow(InboundMessage message) => message.Kind is not
        (MessageKind.Edited or MessageKind.Deleted or MessageKind.System);

    private static ContactIdentity? WriterOf(InboundMessage message) =>
        message.FromMe || message.Contact.GroupId is null ? null : message.Contact with { GroupId = null };

    private static MessageRecord Join(this ConversationBook book, MessageRecord record, ReceiveMessages command)
    {
        var state = book.State;
        var rule = command.Buffer;
        var openedAt = book.ArrivalOf(command);
        // A pause that was over before this message came is over, even if its timer is late.
        book.ResumeIfOver(openedAt);
        // A burst that was due before this message came is over, even if its timer is late.
        if (state.Buffer?.DueAt <= openedAt) book.Flush(BatchReason.Due);
        if (!rule.Enabled && state.Buffer is not null) book.Flush(BatchReason.Direct);
        // What was written to a person, or to nobody, is not answered with what is written to the bot.
        if (state is { Pause: null, Buffer.Silence: not null } && !command.BotIsOff) book.Flush(BatchReason.Manual);
        var buffer = state.Buffer ??= new BatchState
        {
            Id = book.NewId(IdPrefix.Batch),
            OpenedAt = openedAt,
            DueAt = rule.Enabled ? openedAt + rule.Window : openedAt,
        };
        // Known only now: the switch may be on again when the burst ends.
        if (command.BotIsOff) buffer.Silence ??= "botOff";
        record = record with { BatchId = buffer.Id };
        buffer.Messages.Add(record);
        return record;
    }

    // A spooled delivery keeps its time; a clock that was set, or another machine's, neither lengthens nor ends the wait.
    private static DateTimeOffset ArrivalOf(this ConversationBook book, ReceiveMessages command)
    {
        var arrived = book.Now - command.Waited;
        if ((command.ReceivedAt - arrived).Duration() < ClockTolerance) arrived = command.ReceivedAt;
        return arrived < book.Now ? arrived : book.Now;
    }

    private static void EndBurstIfFull(this ConversationBook book, BufferRule rule)
    {
        if (book.State.Buffer is not { } buffer) return;
        if (!rule.Enabled) book.Flush(BatchReason.Direct);
        else if (buffer.Messages.Count >= rule.Messages) book.Flush(BatchReason.Count);
    }

    // After all messages of the call: what came late is still the burst that it was.
    private static void EndBurstIfDue(this ConversationBook book)
    {
        if (book.State.Buffer?.DueAt <= book.Now) book.Flush(BatchReason.Due);
    }

    // An edit or a deletion of a message that still waits changes what will be answered; the message keeps its place.
    private static void ApplyToBuffer(this ConversationBook book, InboundMessage message)
    {
        if (message.Kind is not (MessageKind.Edited or MessageKind.Deleted)) return;
        if (book.State.Buffer is not { } buffer || message.Content?.TargetProviderMessageId is not { } target) return;
        var index = buffer.Messages.FindIndex(waiting => waiting.ProviderMessageId == target);
        if (index < 0) return;
        var old = buffer.Messages[index];
        var changed = message.Kind == MessageKind.Edited
            ? old with { Text = message.Text }
            : old with { Text = null, Kind = MessageKind.Deleted, Content = null };
        buffer.Messages[index] = changed;
        book.Tell(EventNames.MessageChanged, changed);
    }

    private static MessageRecord NewRecord(this ConversationBook book, InboundMessage message, ReceiveMessages command) => new()
    {
        Id = book.NewId(IdPrefix.Message),
        ProviderMessageId = message.ProviderMessageId,
        Instance = book.State.Instance,
        ConversationId = book.ConversationId,
        Direction = MessageDirection.Inbound,
        Kind = message.Kind,
        Text = message.Text,
        Status = MessageStatus.Received,
        Timestamp = message.SentAt ?? command.ReceivedAt,
        ReceivedAt = command.ReceivedAt,
        Sequence = ++book.State.Sequence,
        Content = message.Content,
        DeliveryId = command.DeliveryId,
        Writer = WriterOf(message),
    };

    public static void ShowLast(this ConversationBook book, MessageRecord record)
    {
        var state = book.State;
        state.LastActivityAt = book.Now;
        state.LastMessageText = ConversationRecords.Preview(record.Text);
        state.LastMessageKind = record.Kind;
        state.LastMessageDirection = record.Direction;
    }
}
