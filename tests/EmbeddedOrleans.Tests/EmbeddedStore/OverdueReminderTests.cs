using EmbeddedOrleans.Tests.Reminders;

namespace EmbeddedOrleans.Tests.EmbeddedStore;

/// <summary>
/// What this engine promises beyond Orleans: a tick that fell into an outage comes at the next start.
/// </summary>
public sealed class OverdueReminderTests : ClusterTest
{
    [Fact]
    public async Task Crash_DueTimePassesMeanwhile_TicksAtStart()
    {
        await Grain<IReminderGrain>("a").RegisterAsync("r", TimeSpan.FromMinutes(10), TimeSpan.FromHours(2));
        Cluster.Crash();
        Cluster.ManualClock!.Advance(TimeSpan.FromMinutes(25));

        await Cluster.StartSiloAsync();
        await Cluster.AdvanceAsync(TimeSpan.Zero);
        Gates.Notes.ShouldBe(["a r @25"]);
        await Cluster.AdvanceAsync(TimeSpan.FromMinutes(106));

        // Then it is back on its own times.
        Gates.Notes.ShouldBe(["a r @25", "a r @130"]);
    }

    [Theory]
    [InlineData(-60, 10)]
    [InlineData(-5, 10)]
    [InlineData(+5, 5)]
    public async Task Crash_ClockIsSetMeanwhile_TicksAfterNoMoreThanItsDelay(int set, int ticksAfter)
    {
        await Grain<IReminderGrain>("a").RegisterAsync("r", TimeSpan.FromMinutes(10), TimeSpan.FromHours(2));
        Cluster.Crash();
        Cluster.ManualClock!.ShiftWallClock(TimeSpan.FromMinutes(set));

        await Cluster.StartSiloAsync();
        await Cluster.AdvanceAsync(TimeSpan.FromMinutes(ticksAfter) - TimeSpan.FromSeconds(1));
        Gates.Notes.ShouldBeEmpty();
        await Cluster.AdvanceAsync(TimeSpan.FromSeconds(1));
        Gates.Notes.Count.ShouldBe(1);
        await Cluster.AdvanceAsync(TimeSpan.FromHours(2));

        Gates.Notes.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Register_DueTimeZero_TicksAtOnce()
    {
        await Grain<IReminderGrain>("a").RegisterAsync("r", TimeSpan.Zero, TimeSpan.FromMinutes(5));

        await Cluster.AdvanceAsync(TimeSpan.FromMinutes(5));

        Gates.Notes.ShouldBe(["a r @0", "a r @5"]);
    }

    [Fact]
    public async Task Restart_TickWasDelivered_DoesNotComeAgain()
    {
        await Grain<IReminderGrain>("a").RegisterAsync("r", TimeSpan.FromMinutes(10), TimeSpan.FromHours(2));
        await Cluster.AdvanceAsync(TimeSpan.FromMinutes(11));

        await Cluster.RestartAsync();
        await Cluster.AdvanceAsync(TimeSpan.FromMinutes(10));

        Gates.Notes.ShouldBe(["a r @10"]);
    }

    [Fact]
    public async Task Crash_TickWasDeliveredSomeTimeAgo_DoesNotComeAgain()
    {
        await Grain<IReminderGrain>("a").RegisterAsync("r", TimeSpan.FromMinutes(10), TimeSpan.FromHours(2));
        await Cluster.AdvanceAsync(TimeSpan.FromMinutes(11));

        await Cluster.CrashAsync();
        await Cluster.AdvanceAsync(TimeSpan.FromMinutes(10));

        Gates.Notes.ShouldBe(["a r @10"]);
    }

    [Fact]
    public async Task Crash_DuringTheTick_ItComesAgain()
    {
        await Grain<IReminderGrain>("a").RegisterAsync("slow", TimeSpan.FromMinutes(10), TimeSpan.FromHours(2));
        await Cluster.AdvanceAsync(TimeSpan.FromMinutes(10));

        await Cluster.CrashAsync();
        await Cluster.AdvanceAsync(TimeSpan.FromMinutes(1));

        Gates.Notes.ShouldBe(["a slow @10", "a slow @10"]);
    }
}
