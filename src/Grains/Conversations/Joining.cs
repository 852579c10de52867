using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Waqtor.Events;
using Waqtor.Messages;

namespace Waqtor.Conversations;

/// <summary>
/// What happens when two conversations turn out to be one contact's: the one that counts takes over what the other knows and
/// has not answered, and the other sends callers there.
/// </summary>
internal static class Joining
{
    /// <summary>What one that does not count hands over. A reply that was made already goes out where it was made.</summary>
    public static ConversationMemory ToMemory(this ConversationState state)
    {
        var bursts = state.Batches.Where(batch => batch.ReplyMessageId is null);
        if (state.Buffer is { } buffer) bursts = bursts.Append(buffer);
        return new ConversationMemory
        {
            InstanceId = state.InstanceId,
            Instance = state.Instance,
            Contact = state.Contact,
            // Nobody writes into the bytes of a day: one more id makes new ones.
            Seen = [.. state.Seen.Days.Select(day => new SeenIds(day.Day, ImmutableCollectionsMarshal.AsImmutableArray(day.Hashes)))],
            Unanswered =
            [
                .. bursts.Select(batch => new UnansweredBurst
                {
                    Messages = [.. batch.Messages],
                    OpenedAt = batch.OpenedAt,
                    DueAt = batch.DueAt,
                    FlushedAt = batch.FlushedAt,
                    Reason = batch.Reason,
                    Silence = batch.Silence,
                }),
            ],
            Pause = state.Pause,
            OptedOutAt = state.OptedOutAt,
            LastInboundAt = state.LastInboundAt,
            WrittenOutsideWindowAt = state.WrittenOutsideWindowAt,
            Offers = [.. state.Offers],
            DataRequest = state.DataRequest,
            AcceptedSends = [.. state.AcceptedSends],
            Doubtful = [.. state.Doubtful.Select(message => message.Record)],
        };
    }

    /// <summary>This conversation counts: it knows from now on what the other knows. Taking over the same once more adds nothing.</summary>
    /// <param name="book">Of this conversation.</param>
    /// <param name="memory">The other's.</param>
    /// <param name="taken">Ids of the messages that were taken over earlier in this join, to be answered; then those of now.</param>
    public static void TakeOver(this ConversationBook book, ConversationMemory memory, HashSet<string> taken)
    {
        var state = book.State;
        book.GiveBack(taken);
        book.Introduce(memory.InstanceId, memory.Instance, memory.Contact with
        {
            UserId = state.Contact.UserId ?? memory.Contact.UserId,
            Name = state.Contact.Name ?? memory.Contact.Name,
            Username = state.Contact.Username ?? memory.Contact.Username,
        });

        // An id known here was taken over before, or came here as well: then it is answered here already.
        var bursts = memory.Unanswered
            .Select(burst => burst with { Messages = [.. burst.Messages.Where(message => taken.Contains(message.Id) || !IsKnown(state, message))] })
            .Where(burst => burst.Messages.Length > 0)
            .ToArray();
        taken.Clear();
        taken.UnionWith(bursts.SelectMany(burst => burst.Messages).Select(message => message.Id));
        state.Seen.TakeOver(memory.Seen, book.Now, book.Options.SeenIdsMax);
        state.LastInboundAt = Later(state.LastInboundAt, memory.LastInboundAt);
        state.WrittenOutsideWindowAt = Later(state.WrittenOutsideWindowAt, memory.WrittenOutsideWindowAt);
        state.DataRequest ??= memory.DataRequest;
        book.TakeOverSends(memory);

        state.OptedOutAt ??= memory.OptedOutAt;
        state.Pause = Stronger(state.Pause, memory.Pause, book.Now);
        book.FallSilent();
        foreach (var burst in bursts) book.TakeOverBurst(burst);
        book.BeginNext();
        book.TellConversation();
    }

    /// <summary>This conversation does not count any more; the one that does has taken over all that it hands over.</summary>
    /// <param name="book">Of this conversation.</param>
    /// <param name="conversationId">The one that counts.</param>
    /// <param name="pause">Its pause: what waits here to be said by the bot is not said either.</param>
    /// <param name="optedOutAt">Its opt-out, which holds here as well.</param>
    public static void MoveAway(this ConversationBook book, string conversationId, PauseState? pause, DateTimeOffset? optedOutAt)
    {
        var state = book.State;
        state.MovedTo = conversationId;
        book.Touch();
        if (!state.Exists) return;

        foreach (var batch in state.Batches.Where(batch => batch.ReplyMessageId is null).ToArray()) book.End(batch);
        if (state.Buffer is { } buffer)
        {
            state.Buffer = null;
            book.End(buffer);
        }

        state.OptedOutAt = optedOutAt;
        state.Pause = pause;
        book.FallSilent();
        // A person ends it there, and nobody would end it here.
        state.Pause = null;
        book.TellConversation();
    }

    private static bool IsKnown(ConversationState state, MessageRecord message) =>
        message.ProviderMessageId is { } id && state.Seen.Contains(id);

    // The other was still answering when it was asked first: whatever of it has no reply yet comes once more, the rest is not answered twice.
    private static void GiveBack(this ConversationBook book, HashSet<string> taken)
    {
        var state = book.State;
        if (taken.Count == 0) return;
        foreach (var batch in state.Batches.Where(batch => batch.ReplyMessageId is null).ToArray())
        {
            if (batch.Messages.TrueForAll(message => taken.Contains(message.Id))) book.End(batch);
        }

        if (state.Buffer is not { } buffer) return;
        buffer.Messages.RemoveAll(message => taken.Contains(message.Id));
        if (buffer.Messages.Count == 0) state.Buffer = null;
    }

    private static void End(this ConversationBook book, BatchState batch)
    {
        batch.AttemptStartedAt = null;
        book.Complete(batch, "moved");
    }

    private static void TakeOverSends(this ConversationBook book, ConversationMemory memory)
    {
        var state = book.State;
        foreach (var offer in memory.Offers.Reverse())
        {
            if (state.Offers.Count < SendLine.OffersMax && !state.Offers.Exists(own => own.MessageId == offer.MessageId)) state.Offers.Insert(0, offer);
        }

        foreach (var send in memory.AcceptedSends)
        {
            if (!state.AcceptedSends.Exists(own => own.IdempotencyKey == send.IdempotencyKey)) state.AcceptedSends.Add(send);
        }

        state.AcceptedSends.Sort((one, other) => one.At.CompareTo(other.At));
        if (state.AcceptedSends.Count > SendLine.AcceptedSendsMax) state.AcceptedSends.RemoveRange(0, state.AcceptedSends.Count - SendLine.AcceptedSendsMax);

        // A status still finds them where they were sent; an echo comes here.
        foreach (var message in memory.Doubtful)
        {
            if (state.Doubtful.Count < SendLine.DoubtfulMax && !state.Doubtful.Exists(own => own.Record.Id == message.Id))
                state.Doubtful.Add(new OutgoingMessage { Record = message });
        }
    }

    // The batch is a new one, because the old one's record is the other's. What is still open is one burst with what is open here.
    private static void TakeOverBurst(this ConversationBook book, UnansweredBurst burst)
    {
        var state = book.State;
        var isOpen = burst.FlushedAt is null && burst.Silence is null;
        // What is not to be answered is not answered with what is.
        if (isOpen && state.Buffer is { Silence: not null }) book.Flush(BatchReason.Manual);
        var batch = isOpen && state.Buffer is { } open ? open : new BatchState
        {
            Id = book.NewId(IdPrefix.Batch),
            OpenedAt = burst.OpenedAt,
            DueAt = burst.DueAt,
            FlushedAt = burst.FlushedAt ?? (isOpen ? null : book.Now),
            Reason = burst.Reason ?? (isOpen ? null : BatchReason.Manual),
            Silence = burst.Silence,
        };
        if (burst.OpenedAt < batch.OpenedAt) batch.OpenedAt = burst.OpenedAt;
        if (burst.DueAt < batch.DueAt) batch.DueAt = burst.DueAt;
        batch.Messages = [.. batch.Messages.Concat(burst.Messages.Select(message => message with { BatchId = batch.Id })).OrderBy(message => message.ReceivedAt)];
        if (isOpen)
        {
            state.Buffer = batch;
            return;
        }

        state.Batches.Add(batch);
        book.BeginNext();
        if (state.Batches.Contains(batch)) book.TellBatch(EventNames.ConversationFlushed, batch, BatchStatus.Processing);
    }

    // Until a person resumes is longer than any time.
    private static PauseState? Stronger(PauseState? own, PauseState? other, DateTimeOffset now)
    {
        if (other is null || other.Until <= now) return own;
        if (own is null) return other;
        if (own.Until is null) return own;
        return other.Until is null || other.Until > own.Until ? other : own;
    }

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => one is null || other > one ? other ?? one : one;
}
