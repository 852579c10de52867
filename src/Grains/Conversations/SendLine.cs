using System.Collections.Immutable;
using Waqtor.Events;
using Waqtor.Messages;
using Waqtor.Sending;
using Waqtor.SmartBot;

namespace Waqtor.Conversations;

/// <summary>
/// What happens to a message to be sent: one at a time in order, the attempt written before the call, errors sorted.
/// </summary>
/// <remarks>
/// An attempt ends by a report. A report that says "answer lost" puts the message in doubt: it is not sent again, and a
/// status or an echo settles it. No report at all within the time means that the worker died with its process: then
/// sending again is the lesser harm, at most one message too many per crash and never one too few.
/// </remarks>
internal static class SendLine
{
    public const int DoubtfulMax = 20;
    public const int OffersMax = 5;
    public const int AcceptedSendsMax = 100;
    private static readonly TimeSpan AcceptedSendsKept = TimeSpan.FromHours(24);

    public static OutgoingMessage QueueText(
        this ConversationBook book, string text, MessageAuthor author, string? batchId = null,
        string? quotedProviderMessageId = null, string? idempotencyKey = null, Offer? offer = null, bool insideWindowOnly = false,
        ImmutableArray<string>? mentionedIds = null)
    {
        var state = book.State;
        var message = new OutgoingMessage
        {
            NotBefore = book.Now,
            IdempotencyKey = idempotencyKey,
            InsideWindowOnly = insideWindowOnly,
            Record = new MessageRecord
            {
                Id = book.NewId(IdPrefix.Message),
                Instance = state.Instance,
                ConversationId = book.ConversationId,
                Direction = MessageDirection.Outbound,
                Kind = offer switch { null => MessageKind.Text, { List: null } => MessageKind.Buttons, _ => MessageKind.List },
                Text = text,
                Status = MessageStatus.Pending,
                Timestamp = book.Now,
                ReceivedAt = book.Now,
                Sequence = ++state.Sequence,
                BatchId = batchId,
                Author = author,
                Content = quotedProviderMessageId is null && offer is null && mentionedIds is null
                    ? null
                    : new MessageContent { QuotedProviderMessageId = quotedProviderMessageId, Offer = offer, MentionedIds = mentionedIds },
                History = [new StatusChange { Status = MessageStatus.Pending, At = book.Now }],
            },
        };
        state.Outgoing.Add(message);
        if (offer is not null)
        {
            state.Offers.Add(new SentOffer(message.Record.Id, null, offer));
            if (state.Offers.Count > OffersMax) state.Offers.RemoveAt(0);
        }

        book.ShowLast(message.Record);
        if (idempotencyKey is not null) book.Remember(idempotencyKey, message.Record.Id);
        book.Tell(EventNames.MessageQueued, message.Record);
        return message;
    }

    /// <summary>The first message's turn has come: writes the attempt. Null: it does not wait any more.</summary>
    public static OutgoingMessage? BeginSend(this ConversationBook book, string messageId)
    {
        if (book.State.Outgoing is not [{ AttemptStartedAt: null } first, ..]) return null;
        if (first.Record.Id != messageId || first.NotBefore > book.Now) return null;
        first.Attempts++;
        first.AttemptStartedAt = book.Now;
        first.AttemptBy = book.Process.Value;
        if (!first.InsideWindowOnly && !book.IsInsideWindow()) book.State.WrittenOutsideWindowAt = book.Now;
        book.State.Batches.FirstOrDefault()?.NoteSendAttempt(first, book.Now);
        book.Touch();
        return first;
    }

    public static bool IsInsideWindow(this ConversationBook book) => book.State.WindowEndsAt() > book.Now;

    /// <summary>Lets time act on a send whose worker never reported.</summary>
    public static void TickSends(this ConversationBook book)
    {
        if (book.State.Outgoing is not [{ AttemptStartedAt: { } startedAt } first, ..]) return;
        if (startedAt + book.Options.SendReportTimeout > book.Now) return;
        book.TryAgain(first, new MessageError("no_report", "The attempt ended without a report."), book.Now);
    }

    /// <summary>A sender's result for the running attempt; false: not the one that runs.</summary>
    public static bool CompleteSend(this ConversationBook book, SendResult result)
    {
        var state = book.State;
        if (state.Outgoing is not [{ AttemptStartedAt: not null } first, ..]) return false;
        if (first.Record.Id != result.MessageId || first.Attempts != result.Attempt) return false;
        if (result.Contact is { } learned) book.Introduce(state.InstanceId, state.Instance, learned with { Name = null });

        switch (result.Outcome)
        {
            case SendOutcome.Sent:
                book.MarkSent(first, result.ProviderMessageId);
                break;
            case SendOutcome.Ambiguous:
                book.MarkDoubtful(first, result.Error ?? Unnamed);
                break;
            case SendOutcome.Wait:
                book.Wait(first, result);
                break;
            case SendOutcome.Final when result is { TakenBackAs: { } outcome, Error: { } reason }:
                first.AttemptStartedAt = null;
                book.CancelBotMessages(reason, outcome);
                book.Touch();
                break;
            case SendOutcome.Final:
                book.MarkFailed(first, result.Error ?? Unnamed);
                break;
            default:
                var delay = SendWaits.OfRetry(book.Options, book.RetryDelay(first.Attempts), result.RetryAfter);
                book.TryAgain(first, result.Error ?? Unnamed, book.Now + delay);
                break;
        }

        return true;
    }

    /// <summary>How long nobody on the number may send after <see cref="CompleteSend"/>; null: everybody may go on.</summary>
    public static TimeSpan? PauseAfter(this ConversationBook book, SendResult result)
    {
        if (result is not { Outcome: SendOutcome.Wait, ContactOnly: false }) return null;
        var waits = book.State.Outgoing.Find(message => message.Record.Id == result.MessageId)?.Waits ?? 0;
        return SendWaits.OfNumber(book.Options, Math.Max(1, waits), result.RetryAfter);
    }

    /// <summary>A status proves that a message went out. One that was never tried cannot have: the status is of another, or invented.</summary>
    public static bool Settle(this ConversationBook book, string messageId, string providerMessageId)
    {
        var found = book.State.Doubtful
            .Concat(book.State.Outgoing.Where(message => message.Attempts > 0))
            .FirstOrDefault(message => message.Record.Id == messageId);
        if (found is null) return false;
        book.MarkSent(found, providerMessageId);
        return true;
    }

    /// <summary>The echo of our own words settles the message in doubt, or the one whose answer is still out.</summary>
    public static bool SettleByEcho(this ConversationBook book, InboundMessage echo)
    {
        if (echo.Text is null) return false;
        var found = book.State.Doubtful
            .Concat(book.State.Outgoing.Where(message => message.AttemptStartedAt is not null))
            .FirstOrDefault(message => message.Record.Text == echo.Text
                && (echo.Kind == MessageKind.Text || message.Record.Content?.Offer is not null));
        if (found is null) return false;
        book.MarkSent(found, echo.ProviderMessageId);
        return true;
    }

    /// <summary>The bot is to be silent: what it has not begun to send is taken back.</summary>
    public static void CancelBotMessages(this ConversationBook book, MessageError reason, string outcome)
    {
        var waiting = book.State.Outgoing.Where(message => message is { AttemptStartedAt: null, Record.Author: MessageAuthor.Bot });
        foreach (var message in waiting.ToArray())
        {
            book.Take(message);
            book.TellFailed(message, reason);
            book.CancelBySend(message.Record.Id, outcome);
        }
    }

    private static readonly MessageError Unnamed = new(null, "The provider gave no reason.");

    private static void MarkSent(this ConversationBook book, OutgoingMessage message, string? providerMessageId)
    {
        book.Take(message);
        if (providerMessageId is not null)
        {
            book.State.Seen.Add(providerMessageId, book.Now, book.Options.SeenIdsMax);
            var offered = book.State.Offers.FindIndex(offer => offer.MessageId == message.Record.Id);
            if (offered >= 0) book.State.Offers[offered] = book.State.Offers[offered] with { ProviderMessageId = providerMessageId };
        }

        book.Tell(EventNames.MessageSent, message.Record with
        {
            ProviderMessageId = providerMessageId,
            Status = MessageStatus.Sent,
            Doubtful = false,
            History = message.Record.History.Add(new StatusChange { Status = MessageStatus.Sent, At = book.Now }),
        });
        book.CompleteBySend(message.Record.Id);
    }

    private static void MarkDoubtful(this ConversationBook book, OutgoingMessage message, MessageError error)
    {
        book.Take(message);
        message.Record = message.With(error, book.Options) with { Doubtful = true };
        book.State.Doubtful.Add(message);
        if (book.State.Doubtful.Count > DoubtfulMax) book.State.Doubtful.RemoveAt(0);
        book.Tell(EventNames.MessageChanged, message.Record);
        book.CompleteBySend(message.Record.Id);
    }

    // Costs no attempt, so that only time can end it.
    private static void Wait(this ConversationBook book, OutgoingMessage message, SendResult result)
    {
        var error = result.Error ?? Unnamed;
        message.AskedToWaitAt ??= book.Now;
        if (message.AskedToWaitAt + book.Options.SendWaitMax <= book.Now)
        {
            book.MarkFailed(message, error);
            return;
        }

        message.Attempts--;
        message.Waits++;
        message.AttemptStartedAt = null;
        message.WaitsSince = book.Now;
        message.NotBefore = book.Now + SendWaits.OfMessage(book.Options, message.Waits, result.RetryAfter);
        book.Note(message, error);
    }

    // What keeps a message from going out is shown while it waits, and stays with it whatever becomes of it.
    private static void Note(this ConversationBook book, OutgoingMessage message, MessageError error)
    {
        book.Touch();
        var record = message.With(error, book.Options);
        if (ReferenceEquals(record, message.Record)) return;
        message.Record = record;
        book.Tell(EventNames.MessageChanged, record);
    }

    // Each reason once; when there are too many, the newest takes the place of the one before it.
    private static MessageRecord With(this OutgoingMessage message, MessageError error, ConversationOptions options)
    {
        var errors = message.Record.Errors;
        if (errors.Contains(error)) return message.Record;
        if (errors.Length >= options.SendErrorsMax) errors = errors.RemoveAt(errors.Length - 1);
        return message.Record with { Errors = errors.Add(error) };
    }

    private static void TryAgain(this ConversationBook book, OutgoingMessage message, MessageError error, DateTimeOffset notBefore)
    {
        if (message.Attempts > book.Options.RetriesMax)
        {
            book.MarkFailed(message, error);
            return;
        }

        message.AttemptStartedAt = null;
        message.WaitsSince = book.Now;
        message.NotBefore = notBefore;
        book.Note(message, error);
        book.RetryBySend(message, Describe(error));
    }

    private static void MarkFailed(this ConversationBook book, OutgoingMessage message, MessageError error)
    {
        book.Take(message);
        book.TellFailed(message, error);
        book.FailBySend(message.Record.Id, Describe(error));
    }

    private static void TellFailed(this ConversationBook book, OutgoingMessage message, MessageError error)
    {
        book.Tell(EventNames.MessageFailed, message.With(error, book.Options) with
        {
            Status = MessageStatus.Failed,
            History = message.Record.History.Add(new StatusChange { Status = MessageStatus.Failed, At = book.Now, Errors = [error] }),
        });
    }

    private static void Take(this ConversationBook book, OutgoingMessage message)
    {
        book.State.Outgoing.Remove(message);
        book.State.Doubtful.Remove(message);
        book.Touch();
    }

    private static void NoteSendAttempt(this BatchState batch, OutgoingMessage message, DateTimeOffset now)
    {
        if (batch.ReplyMessageId != message.Record.Id) return;
        // The first try to send belongs to the attempt that made the reply; each further one is an attempt of its own.
        if (message.Attempts > 1) batch.Attempts++;
        batch.AttemptStartedAt = now;
        batch.NextAttemptAt = null;
    }

    private static void Remember(this ConversationBook book, string idempotencyKey, string messageId)
    {
        var accepted = book.State.AcceptedSends;
        accepted.RemoveAll(send => send.At + AcceptedSendsKept <= book.Now);
        if (accepted.Count >= AcceptedSendsMax) accepted.RemoveAt(0);
        accepted.Add(new AcceptedSend(idempotencyKey, messageId, book.Now));
    }

    private static string Describe(MessageError error) => error.Code is null ? error.Title : $"{error.Code}: {error.Title}";
}
