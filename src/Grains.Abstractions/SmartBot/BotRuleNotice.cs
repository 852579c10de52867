namespace Waqtor.SmartBot;

/// <summary>A change of an instance's rules or of the model that learnt them.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.bot-rule-notice")]
public sealed record BotRuleNotice(
    /// <summary><c>created</c>, <c>updated</c>, <c>deleted</c>, <c>imported</c>, <c>restored</c>, <c>trained</c> or <c>refused</c>.</summary>
    [property: Id(0)] string Change,
    /// <summary>Null where more than one rule is concerned.</summary>
    [property: Id(1)] string? RuleId,
    [property: Id(2)] string? Name,
    /// <summary>The live model.</summary>
    [property: Id(3)] long ModelVersion);
