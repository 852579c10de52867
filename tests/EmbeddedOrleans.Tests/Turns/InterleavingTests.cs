namespace EmbeddedOrleans.Tests.Turns;

public sealed class InterleavingTests : ClusterTest
{
    [Fact]
    public async Task Calls_OfAnOrdinaryGrain_RunOneAtATime()
    {
        var sut = Grain<ITurnGrain>();
        var first = sut.PassAsync("a");
        await Gates.ReachedAsync("a");
        var second = sut.PassAsync("b");
        await Cluster.WhenIdleAsync();
        Gates.WasReached("b").ShouldBeFalse();

        Gates.Open("a");
        Gates.Open("b");
        await Task.WhenAll(first, second);

        Gates.Notes.ShouldBe(["a in 1", "a out", "b in 1", "b out"]);
    }

    [Fact]
    public async Task Calls_OfDifferentGrains_RunSideBySide()
    {
        var first = Grain<ITurnGrain>("one").PassAsync("a");
        var second = Grain<ITurnGrain>("two").PassAsync("b");

        await Gates.ReachedAsync("a");
        await Gates.ReachedAsync("b");

        Gates.Open("a");
        Gates.Open("b");
        await Task.WhenAll(first, second);
    }

    [Fact]
    public async Task Calls_OfAReentrantGrain_RunWhileOthersWait()
    {
        var sut = Grain<IReentrantGrain>();
        var first = sut.PassAsync("a");
        await Gates.ReachedAsync("a");
        var second = sut.PassAsync("b");
        await Gates.ReachedAsync("b in 2");

        Gates.Open("b");
        await second;
        Gates.Open("a");
        await first;

        Gates.Notes.ShouldBe(["a in 1", "b in 2", "b out", "a out"]);
    }

    [Fact]
    public async Task AlwaysInterleave_GrainIsBusy_RunsAtOnce()
    {
        var sut = Grain<ITurnGrain>();
        var first = sut.PassAsync("a");
        await Gates.ReachedAsync("a");

        var second = sut.InterleaveAsync("b");
        await Gates.ReachedAsync("b in 2");

        Gates.Open("a");
        Gates.Open("b");
        await Task.WhenAll(first, second);
    }

    [Fact]
    public async Task ReadOnly_OtherReadsRun_RunsBesideThem()
    {
        var sut = Grain<ITurnGrain>();
        var first = sut.ReadAsync("a");
        await Gates.ReachedAsync("a in 1");
        var second = sut.ReadAsync("b");

        await Gates.ReachedAsync("b in 2");

        Gates.Open("a");
        Gates.Open("b");
        await Task.WhenAll(first, second);
    }

    [Fact]
    public async Task ReadOnly_AWriteRuns_WaitsForIt()
    {
        var sut = Grain<ITurnGrain>();
        var write = sut.PassAsync("write");
        await Gates.ReachedAsync("write");
        var read = sut.ReadAsync("read");
        await Cluster.WhenIdleAsync();
        Gates.WasReached("read").ShouldBeFalse();

        Gates.Open("write");
        Gates.Open("read");
        await Task.WhenAll(write, read);

        Gates.Notes.ShouldBe(["write in 1", "write out", "read in 1", "read out"]);
    }

    [Fact]
    public async Task Write_ReadsRun_WaitsForAllOfThem()
    {
        var sut = Grain<ITurnGrain>();
        var first = sut.ReadAsync("a");
        await Gates.ReachedAsync("a in 1");
        var second = sut.ReadAsync("b");
        await Gates.ReachedAsync("b in 2");
        var write = sut.PassAsync("write");

        Gates.Open("a");
        await first;
        await Cluster.WhenIdleAsync();
        Gates.WasReached("write").ShouldBeFalse();
        Gates.Open("b");
        Gates.Open("write");
        await Task.WhenAll(second, write);

        Gates.Notes.ShouldContain("write in 1");
    }

    [Fact]
    public async Task MayInterleave_PredicateSaysYes_RunsAtOnce()
    {
        var sut = Grain<IPredicateGrain>();
        var slow = sut.PassAsync("slow");
        await Gates.ReachedAsync("slow");
        var other = sut.PassAsync("other");
        var quick = sut.PassAsync("quick");

        await Gates.ReachedAsync("quick in 2");
        Gates.WasReached("other").ShouldBeFalse();

        Gates.Open("quick");
        Gates.Open("slow");
        Gates.Open("other");
        await Task.WhenAll(slow, other, quick);
    }

    [Fact]
    public async Task CallChain_ComesBackToAWaitingGrain_TimesOut()
    {
        Gates.Open("inner");
        var task = Grain<ITurnGrain>("one").CallBackAsync(Grain<ITurnGrain>("two"), "inner");
        await Cluster.AdvanceAsync(TimeSpan.FromSeconds(30));

        await Should.ThrowAsync<TimeoutException>(task);
    }

    [Fact]
    public async Task CallChain_ReentrancyIsAllowed_ComesBack()
    {
        Gates.Open("inner");

        await Grain<ITurnGrain>("one").CallBackReentrantlyAsync(Grain<ITurnGrain>("two"), "inner");

        Gates.Notes.ShouldBe(["inner in 1", "inner out"]);
    }

    [Fact]
    public async Task CallChain_ReentrancyIsAllowed_StrangersStillWait()
    {
        var sut = Grain<ITurnGrain>("one");
        var chain = sut.CallBackReentrantlyAsync(Grain<ITurnGrain>("two"), "inner");
        await Gates.ReachedAsync("inner");

        var stranger = sut.PassAsync("stranger");
        await Cluster.WhenIdleAsync();
        Gates.WasReached("stranger").ShouldBeFalse();

        Gates.Open("inner");
        Gates.Open("stranger");
        await Task.WhenAll(chain, stranger);
    }

    [Fact]
    public async Task BackgroundWork_CallHasEnded_GoesOnBetweenTurns()
    {
        var sut = Grain<ITurnGrain>();
        await sut.StartInBackgroundAsync("background");
        await Gates.ReachedAsync("background");

        var call = sut.PassAsync("call");
        await Gates.ReachedAsync("call in 2");
        Gates.Open("background");
        await Gates.ReachedAsync("background out");
        Gates.Open("call");
        await call;

        Gates.Notes.ShouldBe(["background in 1", "call in 2", "background out", "call out"]);
    }
}
