using Waqtor.SmartBot;

namespace Waqtor.Bench.SmartBot;

/// <summary>What a business looks like: twenty rules, and customers who also ask for other things.</summary>
internal static class Tenants
{
    private const int Rules = 20;

    public static void Measure(IntentData data, ResultTable table, int draws)
    {
        var foreignEnglish = data.Read("clinc150/oos_test_half.tsv");
        // No Arabic out-of-scope set is at hand: messages to an assistant (weather, alarms, music) are as far from a bank as can be had.
        var foreignArabic = data.Read("xsid/ar_valid.tsv");
        table.Section("A tenant of twenty rules");
        foreach (var k in (int[])[5, 10])
        {
            var ten = k == 10;
            Measure(table, "CLINC150", data.Read("clinc150/train.tsv"), data.Read("clinc150/test_half.tsv"), foreignEnglish, k, draws, ten ? [91, 93.6, 96.6] : [87, 89.4, 92.4], [85, 90, 95], [12, 9, 5], [94, 97.9, 99]);
            Measure(table, "BANKING77", data.Read("banking77/train.tsv"), data.Read("banking77/test_half.tsv"), foreignEnglish, k, draws, ten ? [87, 89.3, 92.3] : [81, 83.1, 86.1], [96, 98, 99], [3, 2, 1], [94, 95.1, 97.1]);
            Measure(table, "ArBanking77 MSA", data.Read("arbanking77/train_msa_pal.tsv"), data.Read("arbanking77/test_msa.tsv"), foreignArabic, k, draws, ten ? [79, 81.3, 84.3] : [69, 71.8, 74.8], [96, 98, 99], [3, 2, 1], [90, 92, 94]);
        }
    }

    private static void Measure(
        ResultTable table, string name, List<Example> train, List<Example> test, List<Example> foreign, int k, int draws, double[] accuracy, double[] refused, double[] answered, double[] precision)
    {
        double first = 0, plainFirst = 0, right = 0, auto = 0, menu = 0, menuHit = 0, falselyRefused = 0, error = 0, farRefused = 0, farAnswered = 0, nearAnswered = 0;
        for (var draw = 0; draw < draws; draw++)
        {
            var random = new Random(1000 + draw);
            var chosen = train.Select(example => example.Intent).Distinct().Order(StringComparer.Ordinal).OrderBy(_ => random.Next()).Take(Rules).ToHashSet();
            var rules = IntentData.Rules(IntentData.Draw(train.Where(example => chosen.Contains(example.Intent)), k, draw));
            var model = Scores.Train(rules);
            var held = test.Where(example => chosen.Contains(example.Intent)).ToList();
            var matches = held.Select(example => (Match: model.Match(example.Text), Example: example)).ToList();
            var answers = matches.Where(entry => entry.Match.Decision == MatchDecision.Answer).ToList();
            var menus = matches.Where(entry => entry.Match.Decision == MatchDecision.Menu).ToList();
            first += Scores.Accuracy(model, held) / draws;
            plainFirst += Scores.Accuracy(new PlainCentroid(rules), held) / draws;
            auto += 100.0 * answers.Count / held.Count / draws;
            right += 100 * answers.Average(entry => Scores.IsRight(entry.Match, entry.Example) ? 1.0 : 0) / draws;
            menu += 100.0 * menus.Count / held.Count / draws;
            menuHit += 100 * menus.Select(entry => entry.Match.Top.Any(candidate => candidate.RuleId == entry.Example.Intent) ? 1.0 : 0).DefaultIfEmpty(0).Average() / draws;
            falselyRefused += 100 * matches.Average(entry => entry.Match.IsOutOfScope ? 1.0 : 0) / draws;
            error += 100 * Scores.CalibrationError([.. matches.Select(entry => (entry.Match.Confidence, Scores.IsRight(entry.Match, entry.Example)))]) / draws;
            farRefused += 100 * foreign.Average(example => model.Match(example.Text).IsOutOfScope ? 1.0 : 0) / draws;
            farAnswered += 100 * foreign.Average(example => model.Match(example.Text).Decision == MatchDecision.Answer ? 1.0 : 0) / draws;
            nearAnswered += 100 * test.Where(example => !chosen.Contains(example.Intent)).Average(example => model.Match(example.Text).Decision == MatchDecision.Answer ? 1.0 : 0) / draws;
        }

        var ten = k == 10;
        table.Row($"{name}, {k} phrases: accuracy", first, plainFirst, accuracy);
        table.Row($"{name}, {k} phrases: answered by itself", auto, null, []);
        table.Row($"{name}, {k} phrases: right when answered", right, null, ten ? precision : []);
        table.Row($"{name}, {k} phrases: shown a menu", menu, null, []);
        table.Row($"{name}, {k} phrases: menu holds the right one", menuHit, null, []);
        table.Row($"{name}, {k} phrases: refused though in scope", falselyRefused, null, ten ? [12, 10, 8] : [], true);
        table.Row($"{name}, {k} phrases: calibration error", error, null, ten ? [7, 4, 3] : [], true);
        table.Row($"{name}, {k} phrases: foreign text refused", farRefused, null, ten ? refused : []);
        table.Row($"{name}, {k} phrases: foreign text answered", farAnswered, null, ten ? answered : [], true);
        table.Row($"{name}, {k} phrases: same domain without a rule, answered", nearAnswered, null, [], true);
    }
}
