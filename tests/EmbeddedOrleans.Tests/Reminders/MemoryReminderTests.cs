using Orleans.Hosting;

namespace EmbeddedOrleans.Tests.Reminders;

public sealed class MemoryReminderTests : ClusterTest
{
    // Needs the engine's own reminders in memory.
    [Fact, Trait("Engine", "Embedded")]
    public async Task Reminder_InMemory_TicksAndEndsWithTheProcess()
    {
        await Grain<IReminderGrain>("a").RegisterAsync("r", TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5));
        await Cluster.AdvanceAsync(TimeSpan.FromMinutes(2));

        await Cluster.CrashAsync();
        await Cluster.AdvanceAsync(TimeSpan.FromMinutes(20));

        Gates.Notes.ShouldBe(["a r @1"]);
    }

    protected override void Configure(ISiloBuilder silo) => silo.UseInMemoryReminderService();
}
