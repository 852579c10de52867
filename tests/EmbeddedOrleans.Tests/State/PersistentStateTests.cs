using Orleans.Hosting;
using Orleans.Storage;

namespace EmbeddedOrleans.Tests.State;

public sealed class PersistentStateTests : ClusterTest
{
    [Fact]
    public async Task State_NothingStored_IsNew() =>
        (await Grain<IStateGrain>().ReadAsync()).ShouldBe("|False|False|at start:|0");

    [Fact]
    public async Task State_Written_ExistsAndHasAnEtag()
    {
        var sut = Grain<IStateGrain>();

        await sut.AddAsync("ann");

        (await sut.ReadAsync()).ShouldBe("ann|True|True|at start:|0");
    }

    [Fact]
    public async Task State_Written_IsReadBeforeTheNextActivation()
    {
        var sut = Grain<IStateGrain>();
        await sut.AddAsync("ann");
        await sut.AddAsync("bob");

        await Cluster.DeactivateAsync(sut);

        (await sut.ReadAsync()).ShouldBe("ann,bob|True|True|at start:ann,bob|0");
    }

    [Fact]
    public async Task State_Written_SurvivesRestartAndCrash()
    {
        await Grain<IStateGrain>().AddAsync("ann");
        await Cluster.RestartAsync();
        await Grain<IStateGrain>().AddAsync("bob");

        await Cluster.CrashAsync();

        (await Grain<IStateGrain>().ReadAsync()).ShouldStartWith("ann,bob|True");
    }

    [Fact]
    public async Task State_NotWritten_IsLostWithTheActivation()
    {
        var sut = Grain<IStateGrain>();
        await sut.AddAsync("ann");
        await sut.AddUnsavedAsync("bob");

        await Cluster.DeactivateAsync(sut);

        (await sut.ReadAsync()).ShouldStartWith("ann|");
    }

    [Fact]
    public async Task ReadState_ChangesAreUnsaved_DropsThem()
    {
        var sut = Grain<IStateGrain>();
        await sut.AddAsync("ann");
        await sut.AddUnsavedAsync("bob");

        (await sut.ReadAgainAsync()).ShouldStartWith("ann|True");
    }

    [Fact]
    public async Task ClearState_RecordExists_RemovesIt()
    {
        var sut = Grain<IStateGrain>();
        await sut.AddAsync("ann");

        await sut.ClearAsync();

        (await sut.ReadAsync()).ShouldStartWith("|False|False");
        await Cluster.DeactivateAsync(sut);
        (await sut.ReadAsync()).ShouldStartWith("|False|False");
    }

    [Fact]
    public async Task ClearState_ThenWrite_MakesANewRecord()
    {
        var sut = Grain<IStateGrain>();
        await sut.AddAsync("ann");
        await sut.ClearAsync();

        await sut.AddAsync("bob");

        await Cluster.DeactivateAsync(sut);
        (await sut.ReadAsync()).ShouldStartWith("bob|True");
    }

    // Needs two writes under way at once, which the fixture of the other engine does not hold up.
    [Fact, Trait("Engine", "Embedded")]
    public async Task Writes_WithTheSameEtag_OnlyTheFirstSucceeds()
    {
        var sut = Grain<IStateGrain>();
        await sut.AddAsync("ann");

        var writes = new[] { sut.WriteInterleavedAsync("bob"), sut.WriteInterleavedAsync("cat") };

        await Should.ThrowAsync<InconsistentStateException>(Task.WhenAll(writes));
        writes.Count(w => w.IsCompletedSuccessfully).ShouldBe(1);
    }

    // Needs two writes under way at once, which the fixture of the other engine does not hold up.
    [Fact, Trait("Engine", "Embedded")]
    public async Task ReadState_AfterAConflict_WritesWorkAgain()
    {
        var sut = Grain<IStateGrain>();
        await sut.AddAsync("ann");
        await Should.ThrowAsync<InconsistentStateException>(
            Task.WhenAll(sut.WriteInterleavedAsync("bob"), sut.WriteInterleavedAsync("cat")));

        await sut.ReadAgainAsync();
        await sut.AddAsync("dan");

        (await sut.ReadAgainAsync()).ShouldContain("dan");
    }

    [Fact]
    public async Task States_OfOneGrain_AreSeparateRecords()
    {
        var sut = Grain<IStateGrain>();
        await sut.AddToBothAsync("ann");

        await Cluster.DeactivateAsync(sut);
        (await sut.ReadAsync()).ShouldBe("ann|True|True|at start:ann|1");

        // The second lives in memory storage.
        await Cluster.RestartAsync();
        (await Grain<IStateGrain>().ReadAsync()).ShouldBe("ann|True|True|at start:ann|0");
    }

    [Fact]
    public async Task State_OfAnotherGrain_IsNotSeen()
    {
        await Grain<IStateGrain>("a").AddAsync("ann");

        (await Grain<IStateGrain>("b").ReadAsync()).ShouldStartWith("|False");
    }

    // It fails there by another exception.
    [Fact, Trait("Engine", "Embedded")]
    public async Task State_StorageIsNotConfigured_ActivationFails()
    {
        var thrown = await Should.ThrowAsync<BadProviderConfigException>(() => Grain<IHomelessGrain>().TouchAsync());

        thrown.Message.ShouldContain("nowhere");
    }

    protected override void Configure(ISiloBuilder silo) => silo.AddMemoryGrainStorage("memory");

    internal interface IHomelessGrain : IGrainWithStringKey
    {
        Task TouchAsync();
    }

    internal sealed class HomelessGrain(
        [PersistentState("s", "nowhere")] IPersistentState<Counted> state) : Grain, IHomelessGrain
    {
        public Task TouchAsync() => Task.FromResult(state.State);
    }
}
