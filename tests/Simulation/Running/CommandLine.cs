using System.Diagnostics;
using System.Globalization;
using Waqtor.Simulation.Bugs;
using Waqtor.Simulation.Scenarios;

namespace Waqtor.Simulation.Running;

/// <summary>
/// <c>--seed N</c> replays one seed and tells its timeline (with <c>--luck</c>, <c>--without-actions</c> and
/// <c>--without-faults</c> as the shrinker found them, with <c>--bug</c> for a planted one); <c>--seeds FROM COUNT</c> runs some;
/// <c>--minutes M</c> runs fresh seeds until then. Both end with the first failure unless told to <c>--keep-going</c>.
/// </summary>
internal static class CommandLine
{
    public const string Project = "dotnet run --project tests/Simulation -c Release -- ";

    private const string Usage = "Use --seed N [--luck 1] [--without-actions 1,2] [--without-faults 3,4] [--bug Name] [--shrink], --seeds FROM COUNT, or --minutes M; both with [--keep-going].";

    public static int Run(string[] args, TextWriter output)
    {
        var values = Read(args);
        var failuresMax = values.ContainsKey("keep-going") ? int.MaxValue : 1;
        if (values.TryGetValue("seed", out var seed) && seed.Count == 1) return Replay(values, long.Parse(seed[0], CultureInfo.InvariantCulture), output);
        if (values.TryGetValue("seeds", out var seeds) && seeds.Count == 2)
        {
            var from = long.Parse(seeds[0], CultureInfo.InvariantCulture);
            var count = int.Parse(seeds[1], CultureInfo.InvariantCulture);
            return Tell(SeedRunner.Run(Enumerable.Range(0, count).Select(i => from + i), failuresMax: failuresMax), output);
        }

        if (values.TryGetValue("minutes", out var minutes) && minutes.Count == 1)
        {
            var limit = TimeSpan.FromMinutes(double.Parse(minutes[0], CultureInfo.InvariantCulture));
            var watch = Stopwatch.StartNew();
            return Tell(SeedRunner.Run(SeedRunner.Fresh().TakeWhile(_ => watch.Elapsed < limit), failuresMax: failuresMax), output);
        }

        output.WriteLine(Usage);
        return 2;
    }

    /// <summary>The command that replays a scenario.</summary>
    public static string For(Scenario scenario, PlantedBug? bug = null)
    {
        var command = Project + "--seed " + scenario.Seed.ToString(CultureInfo.InvariantCulture);
        if (scenario.Luck != 0) command += " --luck " + scenario.Luck.ToString(CultureInfo.InvariantCulture);
        if (scenario.SkippedActions.Count > 0) command += " --without-actions " + Compact(scenario.SkippedActions);
        if (scenario.SkippedFaults.Count > 0) command += " --without-faults " + Compact(scenario.SkippedFaults);
        return bug is null || bug == PlantedBug.None ? command : command + " --bug " + bug.Name;
    }

    private static int Replay(Dictionary<string, List<string>> values, long seed, TextWriter output)
    {
        var bug = values.TryGetValue("bug", out var name) ? PlantedBugs.Make(name[0]) : PlantedBug.None;
        var scenario = Scenario.Of(seed).Without(Numbers(values, "without-actions"), Numbers(values, "without-faults"), Luck(values));
        var result = Simulator.Run(scenario, bug, keepsLines: true);
        if (result.Violation is not null && values.ContainsKey("shrink"))
        {
            scenario = Shrinker.Shrink(scenario, result, () => PlantedBugs.Make(bug.Name));
            result = Simulator.Run(scenario, PlantedBugs.Make(bug.Name), keepsLines: true);
        }

        foreach (var line in result.Lines) output.WriteLine(line);
        output.WriteLine();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Seed {seed}: {result.Scenario.Actions.Count} actions, {result.Faults} faults, {result.Steps} steps, {result.Virtual} of virtual time, trace {result.TraceHash:x16}."));
        if (result.Violation is not { } violation) return 0;
        output.WriteLine($"BROKEN at {violation.At}: {violation.Rule}: {violation.Text}");
        output.WriteLine(For(scenario, bug));
        return 1;
    }

    private static int Tell(CampaignResult campaign, TextWriter output)
    {
        campaign.Coverage.Print(output);
        campaign.Print(output);
        return campaign.Failures.Count == 0 ? 0 : 1;
    }

    private static Dictionary<string, List<string>> Read(string[] args)
    {
        var values = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        List<string>? current = null;
        foreach (var arg in args)
        {
            if (arg.StartsWith("--", StringComparison.Ordinal)) values[arg[2..]] = current = [];
            else current?.Add(arg);
        }

        return values;
    }

    private static int Luck(Dictionary<string, List<string>> values) =>
        values.TryGetValue("luck", out var luck) && luck.Count == 1 ? int.Parse(luck[0], CultureInfo.InvariantCulture) : 0;

    // "3,7-9": single numbers and stretches.
    private static HashSet<int> Numbers(Dictionary<string, List<string>> values, string name)
    {
        var numbers = new HashSet<int>();
        if (!values.TryGetValue(name, out var lists)) return numbers;
        foreach (var part in lists.SelectMany(list => list.Split(',')))
        {
            var ends = part.Split('-');
            var from = int.Parse(ends[0], CultureInfo.InvariantCulture);
            var to = int.Parse(ends[^1], CultureInfo.InvariantCulture);
            for (var number = from; number <= to; number++) numbers.Add(number);
        }

        return numbers;
    }

    private static string Compact(IReadOnlySet<int> numbers)
    {
        var parts = new List<string>();
        var sorted = numbers.Order().ToList();
        for (var i = 0; i < sorted.Count;)
        {
            var end = i;
            while (end + 1 < sorted.Count && sorted[end + 1] == sorted[end] + 1) end++;
            parts.Add(i == end ? $"{sorted[i]}" : $"{sorted[i]}-{sorted[end]}");
            i = end + 1;
        }

        return string.Join(',', parts);
    }
}
