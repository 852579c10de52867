namespace Waqtor.Api.SmartBot;

/// <summary>What becomes of a suggestion.</summary>
/// <param name="RuleId">The rule that gets the phrases. Default: the suggested one.</param>
/// <param name="Rule">A new rule instead; its phrases and the suggestion's are joined.</param>
/// <param name="Phrases">The phrases as edited. Default: as suggested.</param>
public sealed record AcceptRequest(string? RuleId, RuleRequest? Rule, IReadOnlyList<string>? Phrases);
