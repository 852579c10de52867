using System.Collections.Immutable;

namespace Waqtor.SmartBot;

/// <summary>How a batch came to its reply.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.reply-trace")]
public sealed record ReplyTrace
{
    [Id(0)] public required DateTimeOffset At { get; init; }
    [Id(1)] public required ReplyPath Path { get; init; }
    [Id(2)] public string? RuleId { get; init; }
    [Id(3)] public double Confidence { get; init; }
    /// <summary>Primary tag, <c>mixed</c>, or <c>und</c> when there are no letters.</summary>
    [Id(4)] public required string Language { get; init; }
    [Id(5)] public string? Dialect { get; init; }
    /// <summary>What the customer wrote, at most 500 characters.</summary>
    [Id(6)] public required string Text { get; init; }
    /// <summary>What was answered, at most 500 characters; empty: nothing.</summary>
    [Id(7)] public required string Reply { get; init; }
    /// <summary>Best first, at most three.</summary>
    [Id(8)] public ImmutableArray<ReplyCandidate> Top { get; init; } = [];
    [Id(9)] public ImmutableArray<ReplyStep> Steps { get; init; } = [];
    /// <summary>The model that matched; 0 where there was none.</summary>
    [Id(10)] public long ModelVersion { get; init; }
}
