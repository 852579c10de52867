namespace Waqtor.SmartBot;

/// <summary>What a trained model can say of itself.</summary>
/// <param name="Rules">Rules with at least one usable phrase.</param>
/// <param name="Phrases">Distinct phrases learnt.</param>
/// <param name="Features">Distinct features.</param>
/// <param name="Accuracy">Share of held-out phrases of the operator's own that reached their rule (cross-validation), or null with too few to hold out.</param>
/// <param name="AccuracyByRule">The same per rule id.</param>
/// <param name="IsCalibrated">True when confidence was fitted on these rules; false when the shipped calibration is used, for want of rules or phrases.</param>
/// <param name="Languages">Languages found in each rule's phrases, by rule id.</param>
/// <param name="Warnings">What an operator should mend, in words.</param>
public sealed record ModelSummary(
    int Rules,
    int Phrases,
    int Features,
    double? Accuracy,
    IReadOnlyDictionary<string, double> AccuracyByRule,
    bool IsCalibrated,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Languages,
    IReadOnlyList<ModelWarning> Warnings);
