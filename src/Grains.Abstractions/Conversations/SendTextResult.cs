namespace Waqtor.Conversations;

/// <summary>The answer to a <see cref="SendTextCommand"/>: an accepted message, or why not.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.send-text-result")]
public sealed record SendTextResult(
    [property: Id(0)] string? MessageId,
    [property: Id(1)] DateTimeOffset Timestamp,
    /// <summary>Null when accepted; else <c>window_closed</c>, <c>queue_full</c> or <c>unknown_conversation</c>.</summary>
    [property: Id(2)] string? RefusalCode = null,
    /// <summary>The contact lives in this conversation; call it instead.</summary>
    [property: Id(3)] string? MovedTo = null);
