using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedOrleans.Tests.Activations;

public sealed class ActivationTests : ClusterTest
{
    // One for all silos: the next activation may be on another.
    private readonly ActivationCounter _counter = new();

    [Fact]
    public async Task Grain_FirstCall_ActivatesItOnce()
    {
        var sut = Grain<ILifeGrain>();

        await sut.NumberAsync();
        await sut.NumberAsync();

        Gates.Notes.ShouldBe(["1 activated"]);
    }

    [Fact]
    public async Task Grain_CalledByManyAtOnce_HasOneActivation()
    {
        for (var round = 0; round < 50; round++)
        {
            var key = $"grain {round}";
            using var start = new ManualResetEventSlim();
            var callers = Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
            {
                start.Wait();
                return Grain<ILifeGrain>(key).NumberAsync();
            })).ToList();

            start.Set();

            (await Task.WhenAll(callers)).Distinct().Count().ShouldBe(1);
        }
    }

    [Fact]
    public async Task Activation_Throws_CallersThatWaitedGetTheException()
    {
        var sut = Grain<ILifeGrain>("fail");

        var thrown = await Should.ThrowAsync<InvalidOperationException>(() => sut.NumberAsync());

        thrown.Message.ShouldBe("not today");
    }

    // Orleans goes on failing for some seconds before it tries again.
    [Fact, Trait("Engine", "Embedded")]
    public async Task Activation_Failed_NextCallTriesAgain()
    {
        var sut = Grain<ILifeGrain>("fail");
        await Should.ThrowAsync<InvalidOperationException>(() => sut.NumberAsync());

        (await sut.NumberAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task Activation_IsSlow_CallsWaitForIt()
    {
        var sut = Grain<ILifeGrain>("slow");
        var call = sut.NumberAsync();
        await Gates.ReachedAsync("activate 1");
        call.IsCompleted.ShouldBeFalse();

        Gates.Open("activate 1");

        (await call).ShouldBe(1);
    }

    [Fact]
    public async Task Activation_OutlastsItsTimeout_IsCancelledAndFails()
    {
        var call = Grain<ILifeGrain>("slow").NumberAsync();
        await Gates.ReachedAsync("activate 1");

        await Cluster.AdvanceAsync(TimeSpan.FromSeconds(30));

        await Should.ThrowAsync<Exception>(call);
    }

    [Fact]
    public async Task DeactivateOnIdle_CallEnds_NextCallFindsANewActivation()
    {
        var sut = Grain<ILifeGrain>();
        await sut.EndAsync();

        (await sut.NumberAsync()).ShouldBe(2);

        Gates.Notes.ShouldBe(["1 activated", "1 deactivated ApplicationRequested", "2 activated"]);
    }

    [Fact]
    public async Task DeactivateOnIdle_CallsWait_TheyGoToTheNextActivation()
    {
        var sut = Grain<ILifeGrain>();
        var ending = sut.EndAfterAsync("end");
        await Gates.ReachedAsync("end");
        var waiting = sut.NumberAsync();

        Gates.Open("end");
        await ending;

        (await waiting).ShouldBe(2);
        Gates.Notes.ShouldBe(["1 activated", "1 ended its call", "1 deactivated ApplicationRequested", "2 activated"]);
    }

    // Counts the activations of one silo, and there are two.
    [Fact, Trait("Engine", "Embedded")]
    public async Task Deactivation_IsSlow_NextActivationStartsAfterItsEnd()
    {
        var sut = Grain<ILifeGrain>("slow");
        Gates.Open("activate 1");
        Gates.Open("activate 2");
        await sut.EndAsync();
        await Gates.ReachedAsync("deactivate 1");
        var next = sut.NumberAsync();
        await Cluster.WhenIdleAsync();
        next.IsCompleted.ShouldBeFalse();

        Gates.Open("deactivate 1");

        (await next).ShouldBe(2);
        Gates.Notes.ShouldBe(["1 activated", "1 deactivated ApplicationRequested", "2 activated"]);
    }

    // Timeouts go by the system's clock there.
    [Fact, Trait("Engine", "Embedded")]
    public async Task Deactivation_NeverEnds_IsAbandonedAfterItsTimeout()
    {
        var sut = Grain<ILifeGrain>("slow");
        Gates.Open("activate 1");
        Gates.Open("activate 2");
        await sut.EndAsync();
        await Gates.ReachedAsync("deactivate 1");

        await Cluster.AdvanceAsync(TimeSpan.FromSeconds(30));

        (await sut.NumberAsync()).ShouldBe(2);
    }

    // Idleness goes by the system's clock there.
    [Fact, Trait("Engine", "Embedded")]
    public async Task IdleGrain_OlderThanTheCollectionAge_IsDeactivated()
    {
        var sut = Grain<ILifeGrain>();
        await sut.NumberAsync();

        await Cluster.AdvanceAsync(TimeSpan.FromMinutes(14));
        Gates.Notes.ShouldBe(["1 activated"]);
        await Cluster.AdvanceAsync(TimeSpan.FromMinutes(4));

        Gates.Notes.ShouldBe(["1 activated", "1 deactivated ActivationIdle"]);
    }

    [Fact]
    public async Task UsedGrain_StaysActive()
    {
        var sut = Grain<ILifeGrain>();
        for (var i = 0; i < 10; i++)
        {
            (await sut.NumberAsync()).ShouldBe(1);
            await Cluster.AdvanceAsync(TimeSpan.FromMinutes(10));
        }
    }

    // Idleness goes by the system's clock there.
    [Fact, Trait("Engine", "Embedded")]
    public async Task CollectionAgeLimit_OfTheClass_CountsInsteadOfTheDefault()
    {
        await Grain<IShortLivedGrain>().NumberAsync();

        await Cluster.AdvanceAsync(TimeSpan.FromMinutes(5));

        Gates.Notes.ShouldBe(["1 activated", "1 deactivated ActivationIdle"]);
    }

    [Fact]
    public async Task KeepAlive_GrainIsIdleForDays_StaysActive()
    {
        await Grain<IKeptGrain>().NumberAsync();

        await Cluster.AdvanceAsync(TimeSpan.FromDays(2));

        Gates.Notes.ShouldBe(["1 activated"]);
    }

    // Idleness goes by the system's clock there.
    [Fact, Trait("Engine", "Embedded")]
    public async Task DelayDeactivation_GrainIsIdle_StaysThatLong()
    {
        await Grain<ILifeGrain>().StayAsync(TimeSpan.FromHours(1));

        await Cluster.AdvanceAsync(TimeSpan.FromMinutes(55));
        Gates.Notes.ShouldBe(["1 activated"]);
        await Cluster.AdvanceAsync(TimeSpan.FromMinutes(10));

        Gates.Notes.ShouldBe(["1 activated", "1 deactivated ActivationIdle"]);
    }

    [Fact]
    public async Task Stop_GrainsAreActive_DeactivatesThem()
    {
        await Grain<ILifeGrain>("a").NumberAsync();
        await Grain<ILifeGrain>("b").NumberAsync();

        await Cluster.RestartAsync();

        Gates.Notes.Count(n => n.EndsWith("deactivated ShuttingDown", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task Stop_ACallRuns_WaitsForIt()
    {
        var call = Grain<ILifeGrain>().EndAfterAsync("gate");
        await Gates.ReachedAsync("gate");

        var stop = Cluster.StopAsync();
        Gates.Open("gate");
        await stop;

        call.IsCompletedSuccessfully.ShouldBeTrue();
        Gates.Notes.ShouldContain("1 ended its call");
    }

    [Fact]
    public async Task Call_AfterStop_IsRefused()
    {
        var sut = Grain<ILifeGrain>();
        await sut.NumberAsync();

        await Cluster.StopAsync();

        await Should.ThrowAsync<SiloUnavailableException>(() => sut.NumberAsync());
    }

    protected override void ConfigureServices(IServiceCollection services) =>
        services.AddSingleton(_counter);
}
