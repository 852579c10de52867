using System.Collections.Immutable;
using Waqtor.Messages;

namespace Waqtor.Conversations;

/// <summary>A burst that has no reply yet, on its way to the conversation that will answer it.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.unanswered-burst")]
public sealed record UnansweredBurst
{
    /// <summary>In order of arrival.</summary>
    [Id(0)] public required ImmutableArray<MessageRecord> Messages { get; init; }
    [Id(1)] public required DateTimeOffset OpenedAt { get; init; }
    [Id(2)] public required DateTimeOffset DueAt { get; init; }
    /// <summary>Null: it is still open.</summary>
    [Id(3)] public DateTimeOffset? FlushedAt { get; init; }
    [Id(4)] public BatchReason? Reason { get; init; }
    /// <summary>Why it is not answered although the bot may speak again. Null: it is.</summary>
    [Id(5)] public string? Silence { get; init; }
}
