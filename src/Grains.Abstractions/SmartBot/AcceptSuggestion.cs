using System.Collections.Immutable;

namespace Waqtor.SmartBot;

/// <summary>What becomes of a suggestion.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.accept-suggestion")]
public sealed record AcceptSuggestion
{
    /// <summary>The rule that gets the phrases. Null: the suggested one.</summary>
    [Id(0)] public string? RuleId { get; init; }
    /// <summary>A new rule instead, which gets the phrases beside its own.</summary>
    [Id(1)] public BotRule? NewRule { get; init; }
    /// <summary>The phrases as a person edited them. Default (empty): as suggested.</summary>
    [Id(2)] public ImmutableArray<string> Phrases { get; init; } = [];
}
