using Waqtor.Simulation.Bugs;
using Waqtor.Simulation.Scenarios;

namespace Waqtor.Simulation.Running;

/// <summary>Runs one scenario from its start to its end, on the calling thread alone.</summary>
internal static class Simulator
{
    // A container that lives for some hours of virtual time is not worth compiling.
    static Simulator() => AppContext.SetSwitch("Microsoft.Extensions.DependencyInjection.DisableDynamicEngine", true);

    public static RunResult Run(long seed, PlantedBug? bug = null, bool keepsLines = false) => Run(Scenario.Of(seed), bug, keepsLines);

    public static RunResult Run(Scenario scenario, PlantedBug? bug = null, bool keepsLines = false)
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        var world = new World(scenario, bug ?? PlantedBug.None, keepsLines);
        try
        {
            world.Run();
            return new RunResult(
                scenario,
                world.Oracle.Violation,
                world.Timeline.Hash ^ world.Scheduler.Choices,
                world.Coverage,
                world.Oracle.ConversationHours,
                world.Time.Now,
                world.Scheduler.Steps,
                world.Faults.Injected,
                world.Timeline.Lines);
        }
        finally
        {
            world.End();
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }
}
