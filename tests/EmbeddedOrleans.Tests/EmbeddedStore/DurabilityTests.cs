using EmbeddedOrleans.Storage;
using EmbeddedOrleans.Tests.State;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;

namespace EmbeddedOrleans.Tests.EmbeddedStore;

/// <summary>What grains see of the disk.</summary>
public sealed class DurabilityTests : ClusterTest
{
    private readonly CommitProbe _commits = new();

    [Fact]
    public async Task Call_ThatWrites_IsNotAnsweredBeforeTheCommit()
    {
        var sut = Grain<IStateGrain>();
        await sut.ReadAsync();
        _commits.HoldBeforeCommit();

        var call = sut.AddAsync("ann");
        await _commits.CommittingAsync();
        call.IsCompleted.ShouldBeFalse();

        _commits.Release();
        await call;
    }

    [Fact]
    public async Task Crash_BeforeTheCommit_WriteIsGoneAndTheCallFails()
    {
        await Grain<IStateGrain>().AddAsync("ann");
        await _commits.CommittingAsync();
        _commits.HoldBeforeCommit();
        var call = Grain<IStateGrain>().AddAsync("bob");
        await _commits.CommittingAsync();

        var crash = Task.Run(Cluster.Crash);
        await KilledAsync();
        _commits.Release();
        await crash;
        await Cluster.StartSiloAsync();

        await Should.ThrowAsync<SiloUnavailableException>(call);
        (await Grain<IStateGrain>().ReadAsync()).ShouldStartWith("ann|");
    }

    [Fact]
    public async Task CommitFails_GrainGetsTheException_AndWritesAgainLater()
    {
        var sut = Grain<IStateGrain>();
        await sut.AddAsync("ann");
        _commits.FailWith(new IOException("the disk is gone"));
        await Should.ThrowAsync<StorageUnavailableException>(() => sut.AddAsync("bob"));

        _commits.FailWith(null);
        await sut.ReadAgainAsync();
        await sut.AddAsync("cat");

        await Cluster.DeactivateAsync(sut);
        (await sut.ReadAsync()).ShouldStartWith("ann,cat|");
    }

    protected override void Configure(ISiloBuilder silo) => silo.AddMemoryGrainStorage("memory");

    protected override void ConfigureServices(IServiceCollection services) =>
        services.AddSingleton<ICommitObserver>(_commits);

    private async Task KilledAsync()
    {
        var stranger = Grain<IStateGrain>("stranger");
        Task probe;
        do
        {
            await Task.Yield();
            probe = stranger.ReadAsync();
        }
        while (!probe.IsFaulted);
        await Should.ThrowAsync<SiloUnavailableException>(probe);
    }
}
