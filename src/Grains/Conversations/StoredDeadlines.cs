namespace Waqtor.Conversations;

/// <summary>
/// Deadlines that an earlier life stored, seen by a clock that may have been set back since: none is further ahead than
/// it could be if it were made now.
/// </summary>
internal static class StoredDeadlines
{
    // What the retry delay's spread may add.
    private const double SpreadMax = 1.2;

    public static void Clamp(ConversationState state, ConversationOptions options, DateTimeOffset now)
    {
        if (state.Buffer is { } buffer)
        {
            buffer.DueAt = Earlier(buffer.DueAt, now + (buffer.DueAt - buffer.OpenedAt));
            buffer.OpenedAt = Earlier(buffer.OpenedAt, now);
        }

        foreach (var batch in state.Batches)
        {
            batch.AttemptStartedAt = Earlier(batch.AttemptStartedAt, now);
            if (batch.ReplyMessageId is null)
                batch.NextAttemptAt = Earlier(batch.NextAttemptAt, now + RetryDelayMax(batch.Attempts, options));
        }

        foreach (var message in state.Outgoing)
        {
            message.AttemptStartedAt = Earlier(message.AttemptStartedAt, now);
            message.AskedToWaitAt = Earlier(message.AskedToWaitAt, now);
            // Made with the record's own time: a message that was never tried waits for nothing.
            if (message.WaitsSince is { } since)
            {
                message.NotBefore = Earlier(message.NotBefore, now + (message.NotBefore - since));
                message.WaitsSince = Earlier(since, now);
            }
            else if (message.Attempts == 0 && message.NotBefore == message.Record.ReceivedAt)
            {
                message.NotBefore = Earlier(message.NotBefore, now);
            }
        }
    }

    private static TimeSpan RetryDelayMax(int attempts, ConversationOptions options) =>
        TimeSpan.FromSeconds(options.RetryDelaySeconds * Math.Pow(2, Math.Max(0, attempts - 1)) * SpreadMax);

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset other) => one > other ? other : one;
}
