using Waqtor.SmartBot;

namespace Waqtor.Bench.SmartBot;

/// <summary>Shares of right answers, in percent.</summary>
internal static class Scores
{
    public static SmartBotModel Train(IReadOnlyList<RuleDefinition> rules) => SmartBotModel.Train(rules, ConceptLexicon.Default, TrainingOptions.Default);

    public static double Accuracy(SmartBotModel model, IReadOnlyCollection<Example> test) => 100 * test.Average(example => IsRight(model.Match(example.Text), example) ? 1.0 : 0);

    public static double Among(SmartBotModel model, IReadOnlyCollection<Example> test) =>
        100 * test.Average(example => model.Match(example.Text).Top.Any(candidate => candidate.RuleId == example.Intent) ? 1.0 : 0);

    public static double Accuracy(PlainCentroid plain, IReadOnlyCollection<Example> test) => 100 * test.Average(example => plain.Match(example.Text).Top[0] == example.Intent ? 1.0 : 0);

    public static double Among(PlainCentroid plain, IReadOnlyCollection<Example> test) => 100 * test.Average(example => plain.Match(example.Text).Top.Contains(example.Intent) ? 1.0 : 0);

    public static bool IsRight(MatchResult match, Example example) => match.Top.Count > 0 && match.Top[0].RuleId == example.Intent;

    /// <summary>Expected calibration error over ten equal bins of confidence.</summary>
    public static double CalibrationError(IReadOnlyCollection<(double Confidence, bool IsRight)> answers) => answers
        .GroupBy(answer => Math.Min(9, (int)(answer.Confidence * 10)))
        .Sum(bin => (double)bin.Count() / answers.Count * Math.Abs(bin.Average(answer => answer.Confidence) - bin.Average(answer => answer.IsRight ? 1.0 : 0)));

    /// <summary>Chance that a text in scope scores higher than one out of scope.</summary>
    public static double Auroc(IEnumerable<double> inScope, IReadOnlyCollection<double> outOfScope)
    {
        var ordered = inScope.Order().ToArray();
        return 100 * outOfScope.Average(score => 1 - (double)(Array.BinarySearch(ordered, score) is var at && at < 0 ? ~at : at) / ordered.Length);
    }
}
