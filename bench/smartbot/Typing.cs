namespace Waqtor.Bench.SmartBot;

/// <summary>Random slips of the finger: a letter doubled, dropped, swapped or replaced.</summary>
internal static class Typing
{
    public static void Measure(IntentData data, ResultTable table, int seeds)
    {
        table.Section("Two typing errors in each message, 10 phrases: points lost");
        Measure(table, "BANKING77", data.Read("banking77/train.tsv"), data.Read("banking77/test_half.tsv"), "abcdefghijklmnopqrstuvwxyz", seeds);
        Measure(table, "ArBanking77 MSA", data.Read("arbanking77/train_msa_pal.tsv"), data.Read("arbanking77/test_msa.tsv"), "ابتثجحخدذرزسشصضطظعغفقكلمنهوي", seeds);
    }

    private static void Measure(ResultTable table, string name, List<Example> train, List<Example> test, string letters, int seeds)
    {
        double lost = 0, plainLost = 0;
        for (var seed = 0; seed < seeds; seed++)
        {
            var rules = IntentData.Rules(IntentData.Draw(train, 10, seed));
            var (model, plain) = (Scores.Train(rules), new PlainCentroid(rules));
            var random = new Random(77 + seed);
            var slipped = test.Select(example => example with { Text = Slip(Slip(example.Text, letters, random), letters, random) }).ToList();
            lost += (Scores.Accuracy(model, test) - Scores.Accuracy(model, slipped)) / seeds;
            plainLost += (Scores.Accuracy(plain, test) - Scores.Accuracy(plain, slipped)) / seeds;
        }

        table.Row(name, lost, plainLost, [8, 6, 4], true);
    }

    private static string Slip(string text, string letters, Random random)
    {
        if (text.Length < 3) return text;
        var at = random.Next(text.Length - 1);
        return random.Next(4) switch
        {
            0 => text.Remove(at, 1),
            1 => text.Insert(at, letters[random.Next(letters.Length)].ToString()),
            2 => text[..at] + text[at + 1] + text[at] + text[(at + 2)..],
            _ => text[..at] + letters[random.Next(letters.Length)] + text[(at + 1)..],
        };
    }
}
