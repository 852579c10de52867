namespace Waqtor.Bench.SmartBot;

/// <summary>Texts that no rule is meant for, with all 150 intents of CLINC150 as rules.</summary>
internal static class OutOfScope
{
    public static void Measure(IntentData data, ResultTable table, int seeds)
    {
        var train = data.Read("clinc150/train.tsv");
        var test = data.Read("clinc150/test_half.tsv");
        var foreign = data.Read("clinc150/oos_test_half.tsv");
        double auroc = 0, f1 = 0, plainAuroc = 0, refused = 0, recall = 0;
        for (var seed = 0; seed < seeds; seed++)
        {
            var rules = IntentData.Rules(IntentData.Draw(train, 10, seed));
            var model = Scores.Train(rules);
            var plain = new PlainCentroid(rules);
            auroc += Scores.Auroc(test.Select(example => (double)model.Weigh(example.Text).Evidence.Score), [.. foreign.Select(example => (double)model.Weigh(example.Text).Evidence.Score)]) / seeds;
            plainAuroc += Scores.Auroc(test.Select(example => plain.Match(example.Text).Score), [.. foreign.Select(example => plain.Match(example.Text).Score)]) / seeds;
            var falsely = test.Average(example => model.Match(example.Text).IsOutOfScope ? 1.0 : 0);
            var found = foreign.Average(example => model.Match(example.Text).IsOutOfScope ? 1.0 : 0);
            // In the proportion of the published test: 4,500 in scope to 1,000 out of scope.
            var precision = found * 1000 / ((found * 1000) + (falsely * 4500));
            f1 += 2 * precision * found / (precision + found) / seeds;
            (refused, recall) = (refused + (100 * falsely / seeds), recall + (100 * found / seeds));
        }

        table.Section("Out of scope: CLINC150, 10 phrases, gate from the operator's own phrases");
        table.Row("AUROC of the score", auroc, plainAuroc, [91, 92.8, 95]);
        table.Row("F1", f1, null, [0.66, 0.70, 0.76]);
        table.Row("recall", recall, null, []);
        table.Row("refused though in scope", refused, null, [12, 10, 8], true);
    }
}
