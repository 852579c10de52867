namespace Waqtor.SmartBot;

/// <summary>One rule that a text may mean.</summary>
/// <param name="RuleId">The rule's id.</param>
/// <param name="Name">The rule's name.</param>
/// <param name="Confidence">0-1: the share of such matches that are right.</param>
/// <param name="Phrase">The rule's phrase nearest to the text, as the operator wrote it: the explanation.</param>
public sealed record Candidate(string RuleId, string Name, double Confidence, string Phrase);
