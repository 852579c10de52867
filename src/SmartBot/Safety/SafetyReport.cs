namespace Waqtor.SmartBot;

/// <summary>All that the checks found in a text.</summary>
/// <param name="Findings">In order of their place.</param>
/// <param name="MaskedText">The text with every span to mask replaced by dots; the text itself when there is none.</param>
public sealed record SafetyReport(IReadOnlyList<SafetyFinding> Findings, string MaskedText)
{
    public bool IsBlocked => Findings.Any(finding => finding.Action == SafetyAction.Block);

    public bool NeedsPerson => Findings.Any(finding => finding.Action == SafetyAction.HandOver);

    public bool IsOptOut => Has(SafetyChecks.OptOut);

    public bool IsOptIn => Has(SafetyChecks.OptIn);

    public bool Has(string check) => Findings.Any(finding => finding.Check == check);
}
