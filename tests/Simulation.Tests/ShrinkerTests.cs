using Waqtor.Simulation.Bugs;
using Waqtor.Simulation.Running;
using Waqtor.Simulation.Scenarios;

namespace Waqtor.Simulation.Tests;

public sealed class ShrinkerTests(ITestOutputHelper output)
{
    [Fact]
    public void FailingScenario_Shrunk_IsSmallerAndBreaksTheSameRule()
    {
        static PlantedBug Bug() => PlantedBugs.Make(nameof(SendsAgainWhenInDoubt));
        var failures = Enumerable.Range(1, 100).Select(seed => Simulator.Run(seed, Bug())).Where(result => result.Violation is not null && result.Scenario.Actions.Count > 40).Take(3);
        foreach (var failure in failures)
        {
            var small = Shrinker.Shrink(Scenario.Of(failure.Scenario.Seed), failure, Bug);

            var again = Simulator.Run(small, Bug(), keepsLines: true);
            again.Violation!.Rule.ShouldBe(failure.Violation!.Rule);
            again.Lines.ShouldContain(line => line.Contains("BROKEN", StringComparison.Ordinal));
            output.WriteLine($"{failure.Scenario.Actions.Count} actions became {small.Actions.Count}: {CommandLine.For(small, Bug())}");
            small.Actions.Count.ShouldBeLessThanOrEqualTo(failure.Scenario.Actions.Count / 4);
        }
    }

    [Fact]
    public void Command_OfAShrunkScenario_ReplaysIt()
    {
        var small = Scenario.Of(7).Without(new HashSet<int> { 0, 1, 2, 5 }, new HashSet<int> { 3 }, luck: 2);
        using var text = new StringWriter();

        var command = CommandLine.For(small);
        CommandLine.Run(command[CommandLine.Project.Length..].Split(' '), text);

        command.ShouldEndWith("--seed 7 --luck 2 --without-actions 0-2,5 --without-faults 3");
        text.ToString().ShouldContain($"trace {Simulator.Run(small).TraceHash:x16}");
    }
}
