namespace Waqtor.Conversations;

/// <summary>The end of one attempt to answer a batch.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.reply-result")]
public sealed record ReplyResult
{
    [Id(0)] public required string BatchId { get; init; }
    [Id(1)] public required int Attempt { get; init; }
    /// <summary>Null: nothing is to be sent.</summary>
    [Id(2)] public string? Text { get; init; }
    /// <summary>How it ended: <c>replied</c>, <c>botOff</c> or <c>noReply</c>; null when it failed.</summary>
    [Id(3)] public string? Outcome { get; init; }
    /// <summary>Set when the attempt failed.</summary>
    [Id(4)] public string? Error { get; init; }
}
