using Waqtor.SmartBot;

namespace Waqtor.Bench.SmartBot;

/// <summary>All training texts: where a rule set ends after years of learning.</summary>
internal static class FullData
{
    public static void Measure(IntentData data, ResultTable table)
    {
        table.Section("All training texts as phrases: accuracy");
        var arabic = data.Read("arbanking77/train_msa_pal.tsv");
        Measure(table, "BANKING77 (10,003 phrases)", data.Read("banking77/train.tsv"), [("", data.Read("banking77/test_half.tsv"), [90.5, 92, 93])]);
        Measure(table, "CLINC150 (15,000 phrases)", data.Read("clinc150/train.tsv"), [("", data.Read("clinc150/test_half.tsv"), [91.5, 92.9, 94])]);
        Measure(table, "ArBanking77 (21,559 phrases)", arabic, [(" MSA", data.Read("arbanking77/test_msa.tsv"), [87.5, 89.4, 91]), (" Palestinian", data.Read("arbanking77/test_pal_half.tsv"), [])]);
    }

    private static void Measure(ResultTable table, string name, List<Example> train, (string Suffix, List<Example> Test, double[] Targets)[] tests)
    {
        var rules = IntentData.Rules(train);
        var model = SmartBotModel.Train(rules, ConceptLexicon.Default, TrainingOptions.Default with { PhrasesPerRuleMax = 1000 });
        var plain = new PlainCentroid(rules);
        foreach (var (suffix, test, targets) in tests) table.Row(name + suffix, Scores.Accuracy(model, test), Scores.Accuracy(plain, test), targets);
    }
}
