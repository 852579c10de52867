using System.Diagnostics;

namespace Waqtor.Bench.SmartBot;

/// <summary>How fast a match is on one core, and how long a rule edit takes to be learnt.</summary>
internal static class Speed
{
    public static void Measure(IntentData data, ResultTable table)
    {
        table.Section("Speed, one core");
        Measure(table, "CLINC150, 150 rules x 10", data.Read("clinc150/train.tsv"), data.Read("clinc150/test_half.tsv"), true);
        Measure(table, "ArBanking77 MSA, 77 rules x 10", data.Read("arbanking77/train_msa_pal.tsv"), data.Read("arbanking77/test_msa.tsv"), false);
    }

    private static void Measure(ResultTable table, string name, List<Example> train, List<Example> test, bool hasTargets)
    {
        var rules = IntentData.Rules(IntentData.Draw(train, 10, 0));
        var model = Scores.Train(rules);
        var trainings = Enumerable.Range(0, 5).Select(_ =>
        {
            var clock = Stopwatch.StartNew();
            Scores.Train(rules);
            return clock.Elapsed.TotalSeconds;
        }).Order().ToList();

        var times = new double[test.Count * 3];
        for (var warm = 0; warm < 3; warm++) foreach (var example in test) model.Match(example.Text);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var index = 0; index < times.Length; index++)
        {
            var begun = Stopwatch.GetTimestamp();
            model.Match(test[index % test.Count].Text);
            times[index] = Stopwatch.GetElapsedTime(begun).TotalMicroseconds;
        }

        allocated = (GC.GetAllocatedBytesForCurrentThread() - allocated) / times.Length;
        Array.Sort(times);
        // By the median, so that what else runs on the machine counts less.
        table.Row($"{name}: matches a second (by the median)", 1e6 / times[times.Length / 2], null, hasTargets ? [15000, 30000, 60000] : []);
        table.Row($"{name}: p99, microseconds", times[times.Length * 99 / 100], null, hasTargets ? [500, 100, 50] : [], true);
        table.Row($"{name}: bytes allocated a match", allocated, null, hasTargets ? [8192, 4096, 0] : [], true);
        table.Row($"{name}: training with calibration, seconds (median)", trainings[2], null, hasTargets ? [2, 0.6, 0.3] : [], true);
    }
}
