namespace Waqtor.Bench.SmartBot;

/// <summary>Five or ten phrases a rule, all intents of a data set as rules.</summary>
internal static class FewShot
{
    public static void Measure(IntentData data, ResultTable table, int seeds)
    {
        table.Section("Few phrases: accuracy");
        var banking = data.Read("banking77/train.tsv");
        var clinc = data.Read("clinc150/train.tsv");
        var arabic = data.Read("arbanking77/train_msa_pal.tsv");
        var sets = new (string Name, List<Example> Train, List<Example> Test, double[][] Targets)[]
        {
            ("BANKING77, 77 rules", banking, data.Read("banking77/test_half.tsv"), [[64, 66, 69], [74, 76, 79]]),
            ("CLINC150, 150 rules", clinc, data.Read("clinc150/test_half.tsv"), [[73, 75, 78], [80, 82, 84]]),
            ("ArBanking77 MSA, 77 rules", arabic, data.Read("arbanking77/test_msa.tsv"), [[51, 53, 57], [62, 65, 68]]),
            ("ArBanking77 Palestinian, 77 rules", arabic, data.Read("arbanking77/test_pal_half.tsv"), [[51, 54, 57], [62, 64, 68]]),
            ("xSID Arabic (drawn and tested on its valid part)", data.Read("xsid/ar_valid.tsv"), [], [[78, 82, 85], [83, 85, 88]]),
            ("xSID English (the same way)", data.Read("xsid/en_valid.tsv"), [], [[], []]),
        };
        foreach (var (name, train, test, targets) in sets)
        {
            foreach (var (k, index) in ((int, int)[])[(5, 0), (10, 1)]) Measure(table, $"{name}, {k} phrases", train, test, k, targets[index], seeds);
        }
    }

    private static void Measure(ResultTable table, string name, List<Example> train, List<Example> test, int k, double[] targets, int seeds)
    {
        double first = 0, among = 0, plainFirst = 0, plainAmong = 0;
        for (var seed = 0; seed < seeds; seed++)
        {
            var drawn = IntentData.Draw(train, k, seed);
            var held = test.Count > 0 ? test : Rest(train, drawn);
            var rules = IntentData.Rules(drawn);
            var model = Scores.Train(rules);
            var plain = new PlainCentroid(rules);
            first += Scores.Accuracy(model, held) / seeds;
            among += Scores.Among(model, held) / seeds;
            plainFirst += Scores.Accuracy(plain, held) / seeds;
            plainAmong += Scores.Among(plain, held) / seeds;
        }

        table.Row(name, first, plainFirst, targets);
        table.Row($"{name}: among the first three", among, plainAmong, []);
    }

    private static List<Example> Rest(List<Example> all, List<Example> drawn)
    {
        var taken = drawn.Select(example => Waqtor.SmartBot.TextNormalizer.Normalize(example.Text)).ToHashSet();
        return [.. all.Where(example => !taken.Contains(Waqtor.SmartBot.TextNormalizer.Normalize(example.Text)))];
    }
}
