namespace Waqtor.Conversations;

/// <summary>
/// How long to wait where the provider asks to. A number of seconds that it names is kept; one that is not ahead says nothing. Each
/// further wait in a row is longer, so that nobody asks for ever at the same pace.
/// </summary>
internal static class SendWaits
{
    /// <summary>The message's own wait.</summary>
    /// <param name="options">The limits.</param>
    /// <param name="waits">Which one in a row it is, from 1.</param>
    /// <param name="asked">What the provider asked for.</param>
    public static TimeSpan OfMessage(ConversationOptions options, int waits, TimeSpan? asked)
    {
        var seconds = IsAhead(asked) ? options.SendWaitSecondsMin * Math.Pow(2, waits - 1) : Math.Pow(4, waits);
        var grown = TimeSpan.FromSeconds(Math.Clamp(seconds, options.SendWaitSecondsMin, options.SendWaitSecondsMax));
        return asked > grown ? asked.Value : grown;
    }

    /// <summary>The wait of the whole number: as asked for, because one message's bad luck is not the others'.</summary>
    public static TimeSpan OfNumber(ConversationOptions options, int waits, TimeSpan? asked) =>
        OfMessage(options, IsAhead(asked) ? 1 : waits, asked);

    /// <summary>The wait before a retry: never sooner than the provider said, but for the limit.</summary>
    public static TimeSpan OfRetry(ConversationOptions options, TimeSpan retryDelay, TimeSpan? asked)
    {
        var longest = TimeSpan.FromSeconds(options.SendWaitSecondsMax);
        var wait = asked > longest ? longest : asked;
        return wait > retryDelay ? wait.Value : retryDelay;
    }

    private static bool IsAhead(TimeSpan? asked) => asked > TimeSpan.Zero;
}
