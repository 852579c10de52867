using Waqtor.Simulation.Bugs;
using Waqtor.Simulation.Scenarios;

namespace Waqtor.Simulation.Running;

/// <summary>
/// Cuts a failing scenario down: leaves out actions, then faults, in ever smaller pieces, as long as the same rule is
/// still broken. What is left out moves everything after it, so each cut gets some tries with another
/// <see cref="Scenario.Luck"/> before it counts as needed.
/// </summary>
internal static class Shrinker
{
    private const int RunsMax = 1_000;
    private const int TriesMax = 5;

    public static Scenario Shrink(Scenario scenario, RunResult failure, Func<PlantedBug> bug)
    {
        var rule = failure.Violation!.Rule;
        var runs = 0;
        var luck = scenario.Luck;
        var newestLuck = luck;
        var skippedActions = new HashSet<int>(scenario.SkippedActions);
        var skippedFaults = new HashSet<int>(scenario.SkippedFaults);
        var all = Scenario.Of(scenario.Seed);

        Cut(skippedActions, () => all.Actions.Count, TriesMax);
        Cut(skippedFaults, () => failure.Faults, 1);
        Cut(skippedActions, () => all.Actions.Count, 1);
        return all.Without(skippedActions, skippedFaults, luck);

        void Cut(HashSet<int> skipped, Func<int> count, int tries)
        {
            for (var size = Math.Max(1, count() / 2); size >= 1 && runs < RunsMax; size /= 2)
            {
                for (var from = 0; from < count() && runs < RunsMax; from += size)
                {
                    var added = Enumerable.Range(from, Math.Min(size, count() - from)).Where(skipped.Add).ToList();
                    if (added.Count > 0 && !StillFails(tries)) skipped.ExceptWith(added);
                }
            }
        }

        bool StillFails(int tries)
        {
            for (var i = 0; i < tries; i++)
            {
                runs++;
                var tried = i == 0 ? luck : ++newestLuck;
                var result = Simulator.Run(all.Without(skippedActions, skippedFaults, tried), bug());
                if (result.Violation?.Rule != rule) continue;
                (failure, luck) = (result, tried);
                return true;
            }

            return false;
        }
    }
}
