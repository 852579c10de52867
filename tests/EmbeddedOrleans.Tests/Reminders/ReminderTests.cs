namespace EmbeddedOrleans.Tests.Reminders;

public sealed class ReminderTests : ClusterTest
{
    [Fact]
    public async Task Reminder_DueTimeAndPeriod_TicksThen()
    {
        await Grain<IReminderGrain>("a").RegisterAsync("r", Minutes(2), Minutes(5));

        await Cluster.AdvanceAsync(Minutes(13));

        Gates.Notes.ShouldBe(["a r @2", "a r @7", "a r @12"]);
    }

    [Fact]
    public async Task Reminder_DueInSeconds_TicksToTheMillisecond()
    {
        await Grain<IReminderGrain>("a").RegisterAsync("r", TimeSpan.FromSeconds(8), Minutes(1));

        await Cluster.AdvanceAsync(TimeSpan.FromMilliseconds(7_999));
        Gates.Notes.ShouldBeEmpty();
        await Cluster.AdvanceAsync(TimeSpan.FromMilliseconds(1));

        Gates.Notes.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Reminder_GrainIsNotActive_ActivatesIt()
    {
        await Grain<IReminderGrain>("a").RegisterAsync("r", TimeSpan.FromDays(60), Minutes(5));

        await Cluster.AdvanceAsync(TimeSpan.FromDays(60));

        Gates.Notes.ShouldBe([$"a r @{60 * 24 * 60}"]);
    }

    // On a cluster it comes again sooner.
    [Fact, Trait("Engine", "Embedded")]
    public async Task Reminder_CallbackThrows_ComesAgainWithTheNextTick()
    {
        await Grain<IReminderGrain>("a").RegisterAsync("fail", Minutes(1), Minutes(2));

        await Cluster.AdvanceAsync(Minutes(4));

        Gates.Notes.ShouldBe(["a fail @1", "a fail @3"]);
    }

    [Fact]
    public async Task Reminder_CallbackOutlastsThePeriod_MissedTicksAreSkipped()
    {
        await Grain<IReminderGrain>("a").RegisterAsync("slow", Minutes(1), Minutes(1));

        await Cluster.AdvanceAsync(Minutes(8));

        // Its caller stops waiting after 30 s, which is when the next tick is reckoned; the grain takes it when free.
        Gates.Notes.Count.ShouldBeLessThan(5);
        Gates.Notes.Distinct().Count().ShouldBe(Gates.Notes.Count);
    }

    [Fact]
    public async Task Unregister_BeforeTheTick_NoTick()
    {
        var sut = Grain<IReminderGrain>("a");
        await sut.RegisterAsync("r", Minutes(2), Minutes(5));

        await sut.UnregisterAsync("r");
        await Cluster.AdvanceAsync(Minutes(10));

        Gates.Notes.ShouldBeEmpty();
        (await sut.HasAsync("r")).ShouldBeFalse();
    }

    [Fact]
    public async Task Unregister_InTheCallback_WasTheLastTick()
    {
        await Grain<IReminderGrain>("a").RegisterAsync("once", Minutes(2), Minutes(5));

        await Cluster.AdvanceAsync(Minutes(30));
        await Cluster.RestartAsync();
        await Cluster.AdvanceAsync(Minutes(30));

        Gates.Notes.ShouldBe(["a once @2"]);
    }

    [Fact]
    public async Task Update_ExistingReminder_ReplacesItsTimes()
    {
        var sut = Grain<IReminderGrain>("a");
        await sut.RegisterAsync("r", Minutes(2), Minutes(5));
        await Cluster.AdvanceAsync(Minutes(1));

        await sut.RegisterAsync("r", Minutes(10), Minutes(20));
        await Cluster.AdvanceAsync(Minutes(31));

        Gates.Notes.ShouldBe(["a r @11", "a r @31"]);
    }

    [Fact]
    public async Task Update_InTheCallback_CountsFromThen()
    {
        await Grain<IReminderGrain>("a").RegisterAsync("again", Minutes(1), Minutes(2));

        await Cluster.AdvanceAsync(Minutes(8));

        Gates.Notes.ShouldBe(["a again @1", "a again @4", "a again @7"]);
    }

    [Fact]
    public async Task GetReminders_SeveralRegistered_ListsThoseOfTheGrain()
    {
        await Grain<IReminderGrain>("a").RegisterAsync("r1", Minutes(2), Minutes(5));
        await Grain<IReminderGrain>("a").RegisterAsync("r2", Minutes(2), Minutes(5));
        await Grain<IReminderGrain>("b").RegisterAsync("r3", Minutes(2), Minutes(5));

        (await Grain<IReminderGrain>("a").AllAsync()).ShouldBe("r1,r2");
        (await Grain<IReminderGrain>("a").HasAsync("r3")).ShouldBeFalse();
    }

    [Fact]
    public async Task Restart_ReminderIsNotDueYet_TicksInTime()
    {
        await Grain<IReminderGrain>("a").RegisterAsync("r", Minutes(10), Minutes(5));
        await Cluster.AdvanceAsync(Minutes(3));

        await Cluster.RestartAsync();
        await Cluster.AdvanceAsync(Minutes(12));

        Gates.Notes.ShouldBe(["a r @10", "a r @15"]);
    }

    [Fact]
    public async Task Crash_ReminderIsNotDueYet_TicksInTime()
    {
        await Grain<IReminderGrain>("a").RegisterAsync("r", Minutes(10), Minutes(5));
        await Cluster.AdvanceAsync(Minutes(3));

        await Cluster.CrashAsync();
        await Cluster.AdvanceAsync(Minutes(12));

        Gates.Notes.ShouldBe(["a r @10", "a r @15"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public async Task Register_NoName_IsRefused(string name) =>
        await Should.ThrowAsync<ArgumentException>(
            () => Grain<IReminderGrain>("a").RegisterAsync(name, Minutes(1), Minutes(1)));

    [Fact]
    public async Task Register_PeriodBelowAMinute_IsRefused() =>
        await Should.ThrowAsync<ArgumentException>(
            () => Grain<IReminderGrain>("a").RegisterAsync("r", Minutes(1), TimeSpan.FromSeconds(59)));

    [Fact]
    public async Task Register_NegativeOrInfiniteTimes_AreRefused()
    {
        var sut = Grain<IReminderGrain>("a");

        await Should.ThrowAsync<ArgumentOutOfRangeException>(
            () => sut.RegisterAsync("r", TimeSpan.FromTicks(-1), Minutes(1)));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(
            () => sut.RegisterAsync("r", Timeout.InfiniteTimeSpan, Minutes(1)));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(
            () => sut.RegisterAsync("r", Minutes(1), Timeout.InfiniteTimeSpan));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(
            () => sut.RegisterAsync("r", TimeSpan.MaxValue, Minutes(1)));
    }

    [Fact]
    public async Task Register_GrainCannotReceive_IsRefused()
    {
        var sut = Grain<IForgetfulGrain>();

        await Should.ThrowAsync<InvalidOperationException>(() => sut.RegisterAsync());
    }

    private static TimeSpan Minutes(double minutes) => TimeSpan.FromMinutes(minutes);

    internal interface IForgetfulGrain : IGrainWithStringKey
    {
        Task RegisterAsync();
    }

    internal sealed class ForgetfulGrain : Grain, IForgetfulGrain
    {
        public Task RegisterAsync() =>
            this.RegisterOrUpdateReminder("r", TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
    }
}
