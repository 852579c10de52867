using System.Collections.Immutable;
using Waqtor.SmartBot;

namespace Waqtor.Conversations;

/// <summary>A burst of messages that is answered once, as everybody outside sees it.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.batch-record")]
public sealed record BatchRecord
{
    [Id(0)] public required string Id { get; init; }
    [Id(1)] public required string Instance { get; init; }
    [Id(2)] public required string ConversationId { get; init; }
    /// <summary>In order of arrival.</summary>
    [Id(3)] public ImmutableArray<string> MessageIds { get; init; } = [];
    /// <summary>The provider's ids, in the same order.</summary>
    [Id(4)] public ImmutableArray<string> ProviderMessageIds { get; init; } = [];
    [Id(5)] public required DateTimeOffset OpenedAt { get; init; }
    [Id(6)] public required DateTimeOffset DueAt { get; init; }
    [Id(7)] public DateTimeOffset? FlushedAt { get; init; }
    [Id(8)] public BatchReason? Reason { get; init; }
    [Id(9)] public required BatchStatus Status { get; init; }
    /// <summary>Attempts begun: 1 while the first one runs.</summary>
    [Id(10)] public int Attempts { get; init; }
    [Id(11)] public DateTimeOffset? NextAttemptAt { get; init; }
    [Id(12)] public DateTimeOffset? CompletedAt { get; init; }
    /// <summary>The error of the last failed attempt.</summary>
    [Id(13)] public string? Error { get; init; }
    /// <summary>
    /// How the batch ended: <c>replied</c>, <c>paused</c>, <c>botOff</c>, <c>noReply</c>, <c>optedOut</c>, <c>handover</c>,
    /// <c>blocked</c>, or <c>moved</c>: its conversation was joined to another, which answers it in a batch of its own.
    /// </summary>
    [Id(14)] public string? Outcome { get; init; }
    /// <summary>Rises with every change of the conversation; a record with a lower one is older.</summary>
    [Id(15)] public long Version { get; init; }
    /// <summary>How the bot came to its reply; null before, and where it was not asked.</summary>
    [Id(16)] public ReplyTrace? Reply { get; init; }
}
