using Orleans.Hosting;

namespace EmbeddedOrleans.Tests.Hosting;

public sealed class StartupTests : ClusterTest
{
    // Once per silo, and there are two.
    [Fact, Trait("Engine", "Embedded")]
    public async Task StartupTasks_RunInOrder_AndMayCallGrains()
    {
        await Cluster.WhenIdleAsync();

        Gates.Notes.ShouldBe(["first", "second: 3"]);
    }

    protected override void Configure(ISiloBuilder silo) => silo
        .AddStartupTask((_, _) =>
        {
            Gates.Note("first");
            return Task.CompletedTask;
        })
        .AddStartupTask(async (services, _) =>
        {
            var factory = (IGrainFactory)services.GetService(typeof(IGrainFactory))!;
            var sum = await factory.GetGrain<Calls.ICallGrain>("one").AddAsync(1, 2);
            Gates.Note($"second: {sum}");
        });
}
