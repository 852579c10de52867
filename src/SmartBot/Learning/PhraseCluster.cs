namespace Waqtor.SmartBot;

/// <summary>Texts that ask the same: one suggestion for a person to accept, edit or reject.</summary>
/// <param name="Representative">The text nearest to all others.</param>
/// <param name="Texts">All of them, the representative first, without doubles.</param>
/// <param name="Count">Messages behind it.</param>
/// <param name="RuleId">The rule that it may belong to, or null when a new rule is the better guess.</param>
/// <param name="Confidence">The model's confidence in that rule for the representative.</param>
/// <param name="Margin">How far that rule is ahead of the second: small ones teach most.</param>
public sealed record PhraseCluster(string Representative, IReadOnlyList<UnmatchedText> Texts, int Count, string? RuleId, double Confidence, double Margin);
