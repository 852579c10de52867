namespace Waqtor.SmartBot;

/// <summary>The answer to a change of rules: the rule as it is now, or why not.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.rule-change")]
public sealed record RuleChange(
    [property: Id(0)] BotRule? Rule,
    /// <summary>Null when done; else <c>not_found</c>, <c>too_many_rules</c>, <c>no_rule</c>, or <c>invalid</c>.</summary>
    [property: Id(1)] string? RefusalCode = null,
    /// <summary>The field that is wrong, with <c>invalid</c>.</summary>
    [property: Id(2)] string? Field = null,
    [property: Id(3)] string? Reason = null);
