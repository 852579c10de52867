namespace Waqtor.SmartBot;

/// <summary>An old and a new model beside each other.</summary>
/// <param name="Before">Cross-validated accuracy of the old one on the phrases that both know, or null when there are too few.</param>
/// <param name="After">The same of the new one.</param>
/// <param name="IsRefused">True when the new one would cost more than the points allowed.</param>
/// <param name="Reason">For a refusal, a sentence for people.</param>
/// <param name="WorseRules">Rules whose own accuracy fell, by id, with the change in points (negative).</param>
public sealed record ComparedModels(double? Before, double? After, bool IsRefused, string? Reason, IReadOnlyDictionary<string, double> WorseRules);
