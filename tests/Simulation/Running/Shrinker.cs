using Waqtor.Simulation.Bugs;
using Waqtor.Simulation.Scenarios;

namespace Waqtor.Simulation.Running;

/// <summary>
/// Cuts a failing scenario down: leaves out faults, then actions, in ever smaller pieces, as long as the same rule is
/// still broken.
/// </summary>
internal static class Shrinker
{
    private const int RunsMax = 400;

    public static Scenario Shrink(Scenario scenario, RunResult failure, Func<PlantedBug> bug)
    {
        var rule = failure.Violation!.Rule;
        var runs = 0;
        var skippedActions = new HashSet<int>(scenario.SkippedActions);
        var skippedFaults = new HashSet<int>(scenario.SkippedFaults);
        var all = Scenario.Of(scenario.Seed);

        Cut(skippedFaults, () => failure.Faults);
        Cut(skippedActions, () => all.Actions.Count);
        Cut(skippedFaults, () => failure.Faults);
        return all.Without(skippedActions, skippedFaults);

        void Cut(HashSet<int> skipped, Func<int> count)
        {
            for (var size = Math.Max(1, count() / 2); size >= 1 && runs < RunsMax; size /= 2)
            {
                for (var from = 0; from < count() && runs < RunsMax; from += size)
                {
                    var added = Enumerable.Range(from, Math.Min(size, count() - from)).Where(skipped.Add).ToList();
                    if (added.Count == 0) continue;
                    runs++;
                    var result = Simulator.Run(all.Without(skippedActions, skippedFaults), bug());
                    if (result.Violation?.Rule == rule) failure = result;
                    else skipped.ExceptWith(added);
                }
            }
        }
    }
}
