using System.Collections.Immutable;

namespace Waqtor.SmartBot;

/// <summary>Texts of customers that mean the same and that no rule answered for sure: a person decides what becomes of them.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.bot-suggestion")]
public sealed record BotSuggestion
{
    [Id(0)] public required string Id { get; init; }
    [Id(1)] public required string Instance { get; init; }
    [Id(2)] public SuggestionStatus Status { get; init; }
    /// <summary>The texts, most frequent first.</summary>
    [Id(3)] public ImmutableArray<string> Phrases { get; init; } = [];
    /// <summary>How often such texts came.</summary>
    [Id(4)] public int Count { get; init; }
    [Id(5)] public required string Language { get; init; }
    /// <summary>The rule they are nearest to; null: none, a new one is needed.</summary>
    [Id(6)] public string? RuleId { get; init; }
    [Id(7)] public string? RuleName { get; init; }
    [Id(8)] public double Confidence { get; init; }
    [Id(9)] public DateTimeOffset FirstAt { get; init; }
    [Id(10)] public DateTimeOffset LastAt { get; init; }
    [Id(11)] public DateTimeOffset? DecidedAt { get; init; }
    /// <summary>The live model when it was decided: later ones have learnt it.</summary>
    [Id(12)] public long DecidedAtModelVersion { get; init; }
}
