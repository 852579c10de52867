namespace Waqtor.SmartBot;

/// <summary>Says whether a new model may take the place of the old one: not when it would cost more than it brings.</summary>
public static class ModelComparison
{
    /// <summary>Points of accuracy that a swap may cost by default.</summary>
    public const double PointsAllowed = 2;

    /// <summary>
    /// Compares two models by their cross-validated accuracy on the rules that both have, so that a new hard rule is not held against the new model.
    /// Without enough phrases to judge by, the swap is allowed.
    /// </summary>
    public static ComparedModels Compare(ModelSummary before, ModelSummary after, double pointsAllowed = PointsAllowed)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var shared = before.AccuracyByRule.Keys.Where(after.AccuracyByRule.ContainsKey).Order(StringComparer.Ordinal).ToList();
        if (shared.Count == 0) return new(before.Accuracy, after.Accuracy, false, null, new Dictionary<string, double>());

        var old = shared.Average(rule => before.AccuracyByRule[rule]);
        var fresh = shared.Average(rule => after.AccuracyByRule[rule]);
        var worse = shared.Where(rule => after.AccuracyByRule[rule] < before.AccuracyByRule[rule])
            .ToDictionary(rule => rule, rule => 100 * (after.AccuracyByRule[rule] - before.AccuracyByRule[rule]), StringComparer.Ordinal);
        var cost = 100 * (old - fresh);
        var isRefused = cost > pointsAllowed;
        return new(old, fresh, isRefused, isRefused ? $"The rules that were there before would lose {cost:0.0} points of accuracy; {pointsAllowed:0.#} are allowed." : null, worse);
    }
}
