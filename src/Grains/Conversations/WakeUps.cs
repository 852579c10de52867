namespace Waqtor.Conversations;

/// <summary>When a conversation must act next by itself.</summary>
internal static class WakeUps
{
    /// <summary>A turn in the instance's queue that did not come by then is asked for again.</summary>
    public static readonly TimeSpan TurnPatience = TimeSpan.FromSeconds(30);

    /// <summary>Null: nothing waits for time.</summary>
    public static DateTimeOffset? Next(ConversationState state, ConversationOptions options, DateTimeOffset now)
    {
        var next = state.Buffer?.DueAt;
        if (state.Batches is [{ ReplyMessageId: null } batch, ..])
            next = Earlier(next, batch.NextAttemptAt ?? batch.AttemptStartedAt + options.ReplyTimeout ?? batch.FlushedAt);
        if (state.Outgoing is [{ } message, ..])
            next = Earlier(next, message.AttemptStartedAt + options.SendReportTimeout
                ?? (message.NotBefore > now ? message.NotBefore : now + TurnPatience));
        return Earlier(next, state.Pause?.Until);
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null || other < one ? other ?? one : one;
}
