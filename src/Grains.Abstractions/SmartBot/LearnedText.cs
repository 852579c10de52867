namespace Waqtor.SmartBot;

/// <summary>A text that no rule answered for sure; what is private in it is masked.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.learned-text")]
public sealed record LearnedText(
    [property: Id(0)] string Text,
    [property: Id(1)] string Language,
    /// <summary>The nearest rule.</summary>
    [property: Id(2)] string? RuleId,
    [property: Id(3)] double Confidence);
