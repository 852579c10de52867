namespace EmbeddedOrleans.Tests.Timers;

public sealed class GrainTimerTests : ClusterTest
{
    [Fact]
    public async Task Timer_DueTimeAndPeriod_TicksThen()
    {
        await Grain<ITimerGrain>().StartAsync(Seconds(8), Seconds(5));

        await Cluster.AdvanceAsync(TimeSpan.FromMilliseconds(7_999));
        Gates.Notes.ShouldBeEmpty();
        await Cluster.AdvanceAsync(Seconds(10.5));

        Gates.Notes.ShouldBe(["8", "13", "18"]);
    }

    [Fact]
    public async Task Timer_DueTimeZero_TicksAtOnce()
    {
        await Grain<ITimerGrain>().StartAsync(TimeSpan.Zero, Timeout.InfiniteTimeSpan);

        await Cluster.AdvanceAsync(TimeSpan.Zero);

        Gates.Notes.ShouldBe(["0"]);
    }

    [Fact]
    public async Task Timer_InfinitePeriod_TicksOnce()
    {
        await Grain<ITimerGrain>().StartAsync(Seconds(1), Timeout.InfiniteTimeSpan);

        await Cluster.AdvanceAsync(Seconds(60));

        Gates.Notes.ShouldBe(["1"]);
    }

    [Fact]
    public async Task Timer_InfiniteDueTime_NeverTicks()
    {
        await Grain<ITimerGrain>().StartAsync(Timeout.InfiniteTimeSpan, Seconds(1));

        await Cluster.AdvanceAsync(Seconds(60));

        Gates.Notes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Timer_CallbackTakesLong_PeriodCountsFromItsEnd()
    {
        await Grain<ITimerGrain>().StartAsync(Seconds(1), Seconds(5), "slow");

        await Cluster.AdvanceAsync(Seconds(20));

        Gates.Notes.ShouldBe(["1", "9", "17"]);
    }

    [Fact]
    public async Task Timer_GrainIsBusy_TickWaitsForItsTurn()
    {
        var sut = Grain<ITimerGrain>();
        await sut.StartAsync(Seconds(1), Seconds(5));
        var call = sut.PassAsync("gate");
        await Cluster.AdvanceAsync(Seconds(3));
        Gates.Notes.ShouldBeEmpty();

        Gates.Open("gate");
        await call;
        await Cluster.AdvanceAsync(Seconds(5));

        Gates.Notes.ShouldBe(["passed gate", "3", "8"]);
    }

    [Fact]
    public async Task Timer_MayInterleave_TicksWhileTheGrainIsBusy()
    {
        var sut = Grain<ITimerGrain>();
        await sut.StartAsync(Seconds(1), Seconds(5), "interleave");
        var call = sut.PassAsync("gate");
        await Cluster.AdvanceAsync(Seconds(3));

        Gates.Notes.ShouldBe(["1"]);

        Gates.Open("gate");
        await call;
    }

    [Fact]
    public async Task Timer_CallbackThrows_TicksAgain()
    {
        await Grain<ITimerGrain>().StartAsync(Seconds(1), Seconds(5), "fail");

        await Cluster.AdvanceAsync(Seconds(12));

        Gates.Notes.ShouldBe(["1", "6", "11"]);
    }

    [Fact]
    public async Task Change_BetweenTicks_CountsFromThen()
    {
        var sut = Grain<ITimerGrain>();
        await sut.StartAsync(Seconds(8), Seconds(8));
        await Cluster.AdvanceAsync(Seconds(3));

        await sut.ChangeAsync(Seconds(2), Seconds(4));
        await Cluster.AdvanceAsync(Seconds(7));

        Gates.Notes.ShouldBe(["5", "9"]);
    }

    [Fact]
    public async Task Change_InTheCallback_CountsFromItsEnd()
    {
        await Grain<ITimerGrain>().StartAsync(Seconds(1), Seconds(1), "change");

        await Cluster.AdvanceAsync(Seconds(20));

        Gates.Notes.ShouldBe(["1", "8", "15"]);
    }

    [Fact]
    public async Task Dispose_BetweenTicks_NoMoreTicks()
    {
        var sut = Grain<ITimerGrain>();
        await sut.StartAsync(Seconds(1), Seconds(1));
        await Cluster.AdvanceAsync(Seconds(1));

        await sut.StopAsync();
        await Cluster.AdvanceAsync(Seconds(5));

        Gates.Notes.ShouldBe(["1"]);
    }

    [Fact]
    public async Task Dispose_InTheCallback_CancelsItsTokenAndEndsTheTimer()
    {
        await Grain<ITimerGrain>().StartAsync(Seconds(1), Seconds(1), "dispose");

        await Cluster.AdvanceAsync(Seconds(5));

        Gates.Notes.ShouldBe(["1", "cancelled"]);
    }

    // Idleness goes by the system's clock there.
    [Fact, Trait("Engine", "Embedded")]
    public async Task Timer_GrainIsOtherwiseIdle_DoesNotKeepItActive()
    {
        await Grain<ITimerGrain>().StartAsync(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(10));

        await Cluster.AdvanceAsync(TimeSpan.FromHours(1));

        Gates.Notes.ShouldBe(["600", "deactivated"]);
    }

    [Fact]
    public async Task Timer_KeepAlive_KeepsItsGrainActive()
    {
        await Grain<ITimerGrain>().StartAsync(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(10), "keep alive");

        await Cluster.AdvanceAsync(TimeSpan.FromHours(1));

        Gates.Notes.ShouldNotContain("deactivated");
    }

    [Fact]
    public async Task Timer_GrainIsDeactivated_TicksNoMore()
    {
        var sut = Grain<ITimerGrain>();
        await sut.StartAsync(Seconds(1), Seconds(1));

        await Cluster.DeactivateAsync(sut);
        await Cluster.AdvanceAsync(Seconds(5));

        Gates.Notes.ShouldBe(["deactivated"]);
    }

    [Theory]
    [InlineData(-2)]
    [InlineData(4_294_967_295)]
    public async Task Timer_TimeOutOfRange_IsRefused(double milliseconds)
    {
        var time = TimeSpan.FromMilliseconds(milliseconds);

        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => Grain<ITimerGrain>().StartAsync(time, Seconds(1)));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => Grain<ITimerGrain>().StartAsync(Seconds(1), time));
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
