namespace Waqtor.SmartBot;

/// <summary>Something an operator should mend.</summary>
/// <param name="RuleId">The rule it is about, or null when it is about all.</param>
/// <param name="Code">Stable word: <c>no_phrases</c>, <c>few_phrases</c>, <c>too_many_phrases</c>, <c>duplicate_phrase</c>, <c>phrase_in_two_rules</c>,
/// <c>missing_language</c>, <c>shipped_calibration</c>.</param>
/// <param name="Message">A sentence for people.</param>
public sealed record ModelWarning(string? RuleId, string Code, string Message);
