using Waqtor.SmartBot;

namespace Waqtor.Bench.SmartBot;

/// <summary>A person labels 500 messages in five rounds: those the queue asks for, against as many at random.</summary>
internal static class LearningLoop
{
    private const int Rounds = 5;
    private const int PerRound = 100;

    public static void Measure(IntentData data, ResultTable table, int seeds)
    {
        table.Section("Learning loop: from 5 phrases a rule, 500 labels (beside it: 500 labels at random, same matcher)");
        Measure(table, "BANKING77", data.Read("banking77/train.tsv"), data.Read("banking77/test_half.tsv"), [79, 81, 83], seeds);
        Measure(table, "ArBanking77 MSA", data.Read("arbanking77/train_msa_pal.tsv"), data.Read("arbanking77/test_msa.tsv"), [], seeds);
    }

    private static void Measure(ResultTable table, string name, List<Example> train, List<Example> test, double[] targets, int seeds)
    {
        double begun = 0, asked = 0, drawn = 0;
        for (var seed = 0; seed < seeds; seed++)
        {
            var start = IntentData.Draw(train, 5, seed);
            begun += Scores.Accuracy(Scores.Train(IntentData.Rules(start)), test) / seeds;
            asked += Scores.Accuracy(Learn(start, train, seed, Ask), test) / seeds;
            drawn += Scores.Accuracy(Learn(start, train, seed, (_, pool, random) => [.. pool.OrderBy(_ => random.Next()).Take(PerRound)]), test) / seeds;
        }

        table.Row($"{name}: before", begun, null, []);
        table.Row($"{name}: after 500 labels, smallest margin first", asked, drawn, targets);
    }

    private static SmartBotModel Learn(List<Example> start, List<Example> train, int seed, Func<SmartBotModel, List<Example>, Random, List<Example>> pick)
    {
        var random = new Random(500 + seed);
        var known = start.ToList();
        // A tenant's queue holds some thousand messages, not all that were ever written.
        var pool = train.Except(start).OrderBy(_ => random.Next()).Take(6000).ToList();
        var model = Scores.Train(IntentData.Rules(known));
        for (var round = 0; round < Rounds; round++)
        {
            var picked = pick(model, pool, random);
            known.AddRange(picked);
            pool = [.. pool.Except(picked)];
            model = Scores.Train(IntentData.Rules(known));
        }

        return model;
    }

    private static List<Example> Ask(SmartBotModel model, List<Example> pool, Random random)
    {
        var byText = pool.DistinctBy(example => example.Text).ToDictionary(example => example.Text);
        var asked = PhraseClusters.SmallestMargin([.. byText.Keys.Select(text => new UnmatchedText(text, text))], model, PerRound);
        return [.. asked.Select(text => byText[text.Id])];
    }
}
