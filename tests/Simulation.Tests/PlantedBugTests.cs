using Waqtor.Simulation.Bugs;
using Waqtor.Simulation.Running;

namespace Waqtor.Simulation.Tests;

/// <summary>A simulation that finds nothing proves nothing: each of these mistakes must be found.</summary>
public sealed class PlantedBugTests(ITestOutputHelper output)
{
    private const int SeedsMax = 1_000;

    public static TheoryData<string> Names() => [.. PlantedBugs.All.Select(bug => bug.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void PlantedBug_IsFound_WithinAThousandSeeds(string name)
    {
        var campaign = SeedRunner.Run(Enumerable.Range(1, SeedsMax).Select(seed => (long)seed), () => PlantedBugs.Make(name));

        campaign.Crashes.ShouldBeEmpty();
        campaign.Failures.ShouldNotBeEmpty($"{name} was not found in {SeedsMax} seeds");
        var first = campaign.Failures.MinBy(failure => failure.Scenario.Seed)!;
        output.WriteLine($"{name}: seed {first.Scenario.Seed} broke {first.Violation!.Rule}");
    }

    [Fact]
    public void PlantedBugs_AreEnough() => PlantedBugs.All.Count.ShouldBeGreaterThanOrEqualTo(20);
}
