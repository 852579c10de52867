namespace EmbeddedOrleans.Tests.Calls;

public sealed class GrainCallTests : ClusterTest
{
    [Fact]
    public async Task Call_WithArguments_ReturnsResult()
    {
        var sut = Grain<ICallGrain>();

        (await sut.AddAsync(2, 3)).ShouldBe(5);
    }

    [Fact]
    public async Task Call_WithArgumentsOfManyKinds_PassesThemAll()
    {
        var id = Guid.Parse("11111111-2222-3333-4444-555555555555");

        var answer = await Grain<ICallGrain>().EchoAsync(
            "text", new Payload("load"), id, [1, 2], TimeSpan.FromSeconds(3));

        answer.ShouldBe("text|load|11111111222233334444555555555555|1,2|00:00:03");
    }

    [Fact]
    public async Task Call_WithNulls_PassesThem()
    {
        var answer = await Grain<ICallGrain>().EchoAsync(null, null, Guid.Empty, [], null);

        answer.ShouldBe("||00000000000000000000000000000000||");
    }

    [Fact]
    public async Task Call_ReturningValueTask_ReturnsResult()
    {
        var sut = Grain<ICallGrain>();

        await sut.TouchAsync();
        await sut.IncrementAsync();

        (await sut.IncrementAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task Call_OfInheritedInterface_ReachesTheGrain()
    {
        (await Grain<ICallGrain>("ann").GreetAsync("Bob")).ShouldBe("Hello Bob, I am ann");
    }

    [Fact]
    public async Task Call_GrainThrows_CallerGetsThatException()
    {
        var thrown = await Should.ThrowAsync<InvalidOperationException>(() => Grain<ICallGrain>().FailAsync("why"));

        thrown.Message.ShouldBe("why");
    }

    [Fact]
    public async Task Call_GrainThrowsBeforeItsFirstAwait_CallerGetsItFromTheTask()
    {
        var task = Grain<ICallGrain>().FailBeforeAwaitAsync("why");

        (await Should.ThrowAsync<InvalidOperationException>(task)).Message.ShouldBe("why");
    }

    [Fact]
    public async Task Call_AfterAnException_GrainIsStillTheSame()
    {
        var sut = Grain<ICallGrain>();
        await sut.IncrementAsync();

        await Should.ThrowAsync<InvalidOperationException>(() => sut.FailAsync("why"));

        (await sut.IncrementAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task OneWayCall_GrainIsBusyWithIt_CallerGoesOn()
    {
        var sut = Grain<ICallGrain>();

        await sut.TellAsync("news");
        await Gates.ReachedAsync("news");
        Gates.Open("news");

        (await sut.HeardAsync()).ShouldBe("news");
    }

    [Fact]
    public async Task Call_NotAnsweredInTime_ThrowsTimeout()
    {
        var task = Grain<ICallGrain>().WaitForAsync("never");
        await Gates.ReachedAsync("never");

        await Cluster.AdvanceAsync(TimeSpan.FromSeconds(29.9));
        task.IsCompleted.ShouldBeFalse();
        await Cluster.AdvanceAsync(TimeSpan.FromSeconds(.1));

        (await Should.ThrowAsync<TimeoutException>(task)).Message.ShouldContain("WaitForAsync");
    }

    // Timeouts go by the system's clock there.
    [Fact, Trait("Engine", "Embedded")]
    public async Task Call_WithItsOwnTimeout_ThrowsAfterThat()
    {
        var task = Grain<ICallGrain>().WaitBrieflyAsync("never");
        await Gates.ReachedAsync("never");

        await Cluster.AdvanceAsync(TimeSpan.FromSeconds(4.9));
        task.IsCompleted.ShouldBeFalse();
        await Cluster.AdvanceAsync(TimeSpan.FromSeconds(.1));

        await Should.ThrowAsync<TimeoutException>(task);
    }

    [Fact]
    public async Task Call_TimedOut_RunsOnAndItsLateResultIsDropped()
    {
        var sut = Grain<ICallGrain>();
        var late = sut.WaitForAsync("gate");
        await Gates.ReachedAsync("gate");
        await Cluster.AdvanceAsync(TimeSpan.FromSeconds(30));
        await Should.ThrowAsync<TimeoutException>(late);

        var next = sut.AddAsync(1, 1);
        Gates.Open("gate");

        (await next).ShouldBe(2);
        Gates.Notes.ShouldBeEmpty();
    }

    // Timeouts go by the system's clock there.
    [Fact, Trait("Engine", "Embedded")]
    public async Task Call_TimedOutBeforeItStarted_NeverStarts()
    {
        var sut = Grain<ICallGrain>();
        var first = sut.WaitForAsync("first");
        var second = sut.WaitForAsync("second");
        await Gates.ReachedAsync("first");
        await Cluster.AdvanceAsync(TimeSpan.FromSeconds(30));
        await Should.ThrowAsync<TimeoutException>(first);
        await Should.ThrowAsync<TimeoutException>(second);

        Gates.Open("first");
        await sut.AddAsync(1, 1);

        Gates.WasReached("second").ShouldBeFalse();
    }

    [Fact]
    public async Task Call_CallerCancels_BothSidesSeeIt()
    {
        using var cancellation = new CancellationTokenSource();
        var sut = Grain<ICallGrain>();
        var task = sut.WaitForAsync("gate", cancellation.Token);
        await Gates.ReachedAsync("gate");

        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(task);
        await Gates.ReachedAsync("gate was cancelled");
    }

    [Fact]
    public async Task Call_CancelledBeforehand_DoesNotReachTheGrain()
    {
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();
        var sut = Grain<ICallGrain>();

        await Should.ThrowAsync<OperationCanceledException>(() => sut.WaitForAsync("gate", cancellation.Token));

        await sut.AddAsync(1, 1);
        Gates.WasReached("gate").ShouldBeFalse();
    }

    [Fact]
    public async Task Call_CancelledBeforehand_NoStopWaitsForItsGrain()
    {
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => Grain<ICallGrain>().WaitForAsync("gate", cancellation.Token));

        await Cluster.StopAsync().WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);
    }

    [Fact]
    public async Task Call_WithTokenThatIsNotCancelled_Completes()
    {
        using var cancellation = new CancellationTokenSource();
        Gates.Open("gate");

        (await Grain<ICallGrain>().WaitForAsync("gate", cancellation.Token)).ShouldBe("passed");
    }

    [Fact]
    public async Task Reference_PassedToAGrain_NamesTheSameGrain()
    {
        var sut = Grain<ICallGrain>("one");

        (await sut.IsSelfAsync(Grain<ICallGrain>("one"))).ShouldBeTrue();
        (await sut.IsSelfAsync(Grain<ICallGrain>("two"))).ShouldBeFalse();
        (await sut.SelfAsync()).ShouldBe(sut);
    }

    // Calls that are not awaited may overtake one another on Orleans.
    [Fact, Trait("Engine", "Embedded")]
    public async Task Calls_FromOneCaller_StartInOrder()
    {
        var sut = Grain<ICallGrain>();
        var answers = new List<Task<int>>();

        for (var i = 0; i < 1000; i++) answers.Add(sut.IncrementAsync().AsTask());

        (await Task.WhenAll(answers)).ShouldBe(Enumerable.Range(1, 1000));
    }
}
