namespace Waqtor.SmartBot;

/// <summary>What the matcher needs to know of an operator's rule.</summary>
/// <param name="Id">Stable id; comes back in every match.</param>
/// <param name="Name">The operator's name for it; shown, never matched.</param>
/// <param name="Phrases">Example phrases, in any language and dialect; about ten make a good rule, empty ones are ignored.</param>
/// <param name="NegativePhrases">Texts that must not lead here, fed from "not this" clicks.</param>
/// <param name="Language">BCP 47 primary tag when the rule serves one language only; null for any.</param>
/// <param name="Priority">Breaks ties between rules that match equally well: the higher one wins.</param>
public sealed record RuleDefinition(
    string Id, string Name, IReadOnlyList<string> Phrases, IReadOnlyList<string> NegativePhrases, string? Language = null, int Priority = 0);
