namespace Waqtor.SmartBot;

/// <summary>What a model makes of a text.</summary>
/// <param name="Top">Up to three rules, best first; present for explanation even when out of scope.</param>
/// <param name="Margin">Confidence of the first less that of the second (or its own when alone); 0 without candidates.</param>
/// <param name="IsOutOfScope">True when the text is unlike anything the rules were taught, whatever ranks first.</param>
/// <param name="Decision">Answer, offer a menu, or pass on.</param>
public sealed record MatchResult(IReadOnlyList<Candidate> Top, double Margin, bool IsOutOfScope, MatchDecision Decision)
{
    public static MatchResult None { get; } = new([], 0, true, MatchDecision.Pass);

    /// <summary>Confidence of the first candidate, 0 without one.</summary>
    public double Confidence => Top.Count == 0 ? 0 : Top[0].Confidence;
}
