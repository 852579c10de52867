using Waqtor.Events;
using Waqtor.Messages;

namespace Waqtor.Conversations;

/// <summary>
/// What happens to a burst once it ended: answered one at a time in order, tried again, given up, replayed.
/// A batch is done when its reply is with the provider, so that a reply which cannot be sent is a dead letter too.
/// </summary>
internal static class BatchLine
{
    public static void Flush(this ConversationBook book, BatchReason reason)
    {
        var state = book.State;
        if (state.Buffer is not { } buffer) return;
        buffer.FlushedAt = book.Now;
        buffer.Reason = reason;
        state.Buffer = null;
        state.Batches.Add(buffer);
        book.BeginNext();
        if (state.Batches.Contains(buffer))
            book.TellBatch(EventNames.ConversationFlushed, buffer, BatchStatus.Processing);
    }

    /// <summary>Lets time act: what is due is flushed, tried again or given up. Calling it again at the same time changes nothing.</summary>
    public static void Tick(this ConversationBook book)
    {
        var state = book.State;
        book.ResumeIfOver(book.Now);
        if (state.Buffer is { } buffer && buffer.DueAt <= book.Now) book.Flush(BatchReason.Due);
        if (state.Batches is [{ AttemptStartedAt: { } startedAt, ReplyMessageId: null } running, ..]
            && startedAt + book.Options.ReplyTimeout <= book.Now)
            book.FailAttempt(running, $"No answer within {book.Options.ReplyTimeoutSeconds} s.");
        book.BeginNext();
    }

    /// <summary>A worker's result for the running attempt; false: not the one that runs.</summary>
    public static bool CompleteReply(this ConversationBook book, ReplyResult result)
    {
        var state = book.State;
        if (state.Batches is not [{ AttemptStartedAt: not null, ReplyMessageId: null } batch, ..]) return false;
        if (batch.Id != result.BatchId || batch.Attempts != result.Attempt) return false;

        if (result.Error is { } error) book.FailAttempt(batch, error);
        else if (book.SilenceReason(batch) is { } silent) book.Complete(batch, silent);
        else book.TakeReply(batch, result);

        book.BeginNext();
        return true;
    }

    private static void TakeReply(this ConversationBook book, BatchState batch, ReplyResult result)
    {
        batch.Reply = result.Trace;
        if (result.DataRequest is { } asked) book.State.DataRequest = asked.NeedsDataCollection ? asked : null;
        var reply = string.IsNullOrEmpty(result.Text)
            ? null
            : book.QueueText(result.Text, MessageAuthor.Bot, batchId: batch.Id, offer: result.Offer, insideWindowOnly: true);
        if (result is { IsNews: true, Trace: { } trace }) book.TellReply(batch, trace, reply?.Record.Id);
        if (result.HandOver)
        {
            // What was just queued still goes out: it says that a person takes over.
            book.State.Pause = new PauseState(book.Now, result.HandOverMinutes is { } minutes ? book.Now.AddMinutes(minutes) : null);
            book.TellConversation();
        }

        if (reply is null)
        {
            book.Complete(batch, result.Outcome ?? "noReply");
            return;
        }

        batch.ReplyMessageId = reply.Record.Id;
        book.Touch();
    }

    /// <summary>Why the bot may not speak here; null: it may.</summary>
    public static string? SilenceReason(this ConversationBook book) =>
        book.State.OptedOutAt is not null ? "optedOut" : book.State.Pause is not null ? "paused" : null;

    // Why the bot may not answer this; null: it may.
    private static string? SilenceReason(this ConversationBook book, BatchState batch) => book.SilenceReason() ?? batch.Silence;

    /// <summary>The first batch's reply left, or is doubtful: the batch is done.</summary>
    public static void CompleteBySend(this ConversationBook book, string messageId)
    {
        if (book.State.Batches is [{ } batch, ..] && batch.ReplyMessageId == messageId) book.Complete(batch, "replied");
        book.BeginNext();
    }

    /// <summary>The first batch's reply failed for good.</summary>
    public static void FailBySend(this ConversationBook book, string messageId, string error)
    {
        if (book.State.Batches is [{ } batch, ..] && batch.ReplyMessageId == messageId) book.Bury(batch, error);
        book.BeginNext();
    }

    /// <summary>The first batch's reply is tried again: its attempts and its error are the batch's.</summary>
    public static void RetryBySend(this ConversationBook book, OutgoingMessage message, string error)
    {
        var state = book.State;
        if (state.Batches is not [{ } batch, ..] || batch.ReplyMessageId != message.Record.Id) return;
        batch.Error = error;
        batch.AttemptStartedAt = null;
        batch.NextAttemptAt = message.NotBefore;
        book.TellBatch(EventNames.BatchFailed, batch, BatchStatus.Processing);
    }

    public static bool Replay(this ConversationBook book, string batchId)
    {
        var state = book.State;
        if (state.DeadLetters.Find(dead => dead.Id == batchId) is not { } batch) return false;
        state.DeadLetters.Remove(batch);
        batch.Attempts = 0;
        batch.Replays++;
        batch.NextAttemptAt = null;
        batch.AttemptStartedAt = null;
        batch.ReplyMessageId = null;
        batch.Reply = null;
        batch.Error = null;
        // Whatever kept the bot from it: a person asks for an answer now.
        batch.Silence = null;
        state.Batches.Add(batch);
        book.BeginNext();
        if (state.Batches.Contains(batch))
            book.TellBatch(EventNames.BatchReplayed, batch, BatchStatus.Processing);
        return true;
    }

    public static bool Discard(this ConversationBook book, string batchId)
    {
        var state = book.State;
        if (state.DeadLetters.Find(dead => dead.Id == batchId) is not { } batch) return false;
        state.DeadLetters.Remove(batch);
        book.TellBatch(EventNames.BatchDiscarded, batch, BatchStatus.Discarded);
        return true;
    }

    public static void Pause(this ConversationBook book, DateTimeOffset? until)
    {
        book.State.Pause = new PauseState(book.Now, until);
        book.FallSilent();
        book.TellConversation();
    }

    /// <summary>
    /// The process ended during an attempt: a new attempt is begun at once, or none is left and the batch is given up,
    /// so that a batch which ends the process each time does not do so for ever.
    /// </summary>
    public static void RestartInterrupted(this ConversationBook book)
    {
        if (book.State.Batches is not [{ AttemptStartedAt: not null, ReplyMessageId: null } batch, ..]) return;
        if (batch.Attempts > book.Options.RetriesMax) book.Bury(batch, batch.Error ?? "The process ended during every attempt.");
        else batch.AttemptStartedAt = null;
        book.Touch();
        book.BeginNext();
    }

    /// <summary>The first batch's reply was taken back before it was sent.</summary>
    public static void CancelBySend(this ConversationBook book, string messageId, string outcome)
    {
        if (book.State.Batches is [{ } batch, ..] && batch.ReplyMessageId == messageId) book.Complete(batch, outcome);
        book.BeginNext();
    }

    /// <summary>
    /// Hands back to the bot. All that has no reply yet was written before the pause or during it, and a person had the
    /// conversation then: it stays unanswered, also where its burst or its turn comes to its end only now.
    /// </summary>
    public static void Resume(this ConversationBook book)
    {
        var state = book.State;
        if (state.Pause is null) return;
        if (state.Buffer is { } buffer) buffer.Silence = "paused";
        foreach (var batch in state.Batches)
        {
            if (batch.ReplyMessageId is null) batch.Silence = "paused";
        }

        state.Pause = null;
        book.TellConversation();
    }

    /// <summary>The bot may not speak from here on: what it has not begun to send is taken back. Nothing when it may.</summary>
    public static void FallSilent(this ConversationBook book)
    {
        if (book.SilenceReason() is not { } silent) return;
        book.CancelBotMessages(
            silent == "optedOut" ? new MessageError("opted_out", "The customer asked for no more messages.") : new MessageError("paused", "A person took the conversation over."),
            silent);
    }

    /// <summary>Ends a pause whose time was up at <paramref name="at"/>.</summary>
    public static void ResumeIfOver(this ConversationBook book, DateTimeOffset at)
    {
        if (book.State.Pause is { Until: { } until } && until <= at) book.Resume();
    }

    /// <summary>Begins the first batch's attempt when none runs; batches of a paused conversation end unanswered.</summary>
    public static void BeginNext(this ConversationBook book)
    {
        var state = book.State;
        while (state.Batches is [{ AttemptStartedAt: null, ReplyMessageId: null } batch, ..])
        {
            if (book.SilenceReason(batch) is { } silent)
            {
                book.Complete(batch, silent);
                continue;
            }

            if (batch.NextAttemptAt > book.Now) return;
            batch.Attempts++;
            batch.AttemptStartedAt = book.Now;
            batch.AttemptBy = book.Process.Value;
            batch.NextAttemptAt = null;
            book.Touch();
            return;
        }
    }

    private static void FailAttempt(this ConversationBook book, BatchState batch, string error)
    {
        if (batch.Attempts > book.Options.RetriesMax)
        {
            book.Bury(batch, error);
            return;
        }

        batch.Error = error;
        batch.AttemptStartedAt = null;
        batch.NextAttemptAt = book.Now + book.RetryDelay(batch.Attempts);
        book.TellBatch(EventNames.BatchFailed, batch, BatchStatus.Processing);
    }

    private static void Bury(this ConversationBook book, BatchState batch, string error)
    {
        var state = book.State;
        batch.Error = error;
        batch.AttemptStartedAt = null;
        batch.NextAttemptAt = null;
        state.Batches.Remove(batch);
        state.DeadLetters.Add(batch);
        book.TellBatch(EventNames.BatchDeadLettered, batch, BatchStatus.Dead);
        while (state.DeadLetters.Count > book.Options.DeadLettersMax) book.DropOldest();
    }

    // Nobody could replay it any more: the list must not show it, and its record says what became of it.
    private static void DropOldest(this ConversationBook book)
    {
        var oldest = book.State.DeadLetters[0];
        oldest.Error = $"Dropped, because the conversation had more than {book.Options.DeadLettersMax} dead letters. Given up before: {oldest.Error}";
        book.Discard(oldest.Id);
    }

    /// <summary>The batch is done, however it ended.</summary>
    public static void Complete(this ConversationBook book, BatchState batch, string outcome)
    {
        var state = book.State;
        state.Batches.Remove(batch);
        batch.NextAttemptAt = null;
        book.TellBatch(EventNames.BatchCompleted, batch, BatchStatus.Completed, book.Now, outcome);
    }
}
