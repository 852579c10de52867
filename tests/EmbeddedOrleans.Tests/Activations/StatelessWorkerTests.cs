using Orleans.Concurrency;

namespace EmbeddedOrleans.Tests.Activations;

public sealed class StatelessWorkerTests : ClusterTest
{
    public interface IWorkerGrain : IGrainWithIntegerKey
    {
        Task<int> WorkAsync(string gate);

        Task TickAsync();
    }

    [Fact]
    public async Task Calls_UpToTheLimit_RunSideBySide()
    {
        var sut = Cluster.Grains.GetGrain<IWorkerGrain>(0);

        var calls = new[] { sut.WorkAsync("a"), sut.WorkAsync("b"), sut.WorkAsync("c") };
        await Gates.ReachedAsync("a");
        await Gates.ReachedAsync("b");
        await Gates.ReachedAsync("c");

        foreach (var gate in new[] { "a", "b", "c" }) Gates.Open(gate);
        (await Task.WhenAll(calls)).Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public async Task Calls_BeyondTheLimit_Wait()
    {
        var sut = Cluster.Grains.GetGrain<IWorkerGrain>(0);
        var calls = new[] { "a", "b", "c", "d" }.Select(sut.WorkAsync).ToList();
        foreach (var gate in new[] { "a", "b", "c" }) await Gates.ReachedAsync(gate);
        await Cluster.WhenIdleAsync();
        Gates.WasReached("d").ShouldBeFalse();

        foreach (var gate in new[] { "a", "b", "c", "d" }) Gates.Open(gate);

        (await Task.WhenAll(calls)).Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public async Task Call_AWorkerIsIdle_UsesIt()
    {
        var sut = Cluster.Grains.GetGrain<IWorkerGrain>(0);
        Gates.Open("a");
        var first = await sut.WorkAsync("a");
        await Cluster.WhenIdleAsync();

        (await sut.WorkAsync("a")).ShouldBe(first);
    }

    [Fact]
    public async Task Call_AWorkerWhoseTimerTickedIsIdle_UsesIt()
    {
        var sut = Cluster.Grains.GetGrain<IWorkerGrain>(0);
        Gates.Open("a");
        var first = await sut.WorkAsync("a");
        await Cluster.WhenIdleAsync();
        await sut.TickAsync();
        await Cluster.AdvanceAsync(TimeSpan.FromSeconds(1));
        Gates.WasReached("tick").ShouldBeTrue();

        (await sut.WorkAsync("a")).ShouldBe(first);
    }

    [StatelessWorker(3)]
    internal sealed class WorkerGrain(Gates gates) : Grain, IWorkerGrain
    {
        public async Task<int> WorkAsync(string gate)
        {
            await gates.PassAsync(gate);
            return GetHashCode();
        }

        public Task TickAsync()
        {
            this.RegisterGrainTimer(
                () =>
                {
                    gates.Note("tick");
                    return Task.CompletedTask;
                },
                new GrainTimerCreationOptions(TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan));
            return Task.CompletedTask;
        }
    }
}
