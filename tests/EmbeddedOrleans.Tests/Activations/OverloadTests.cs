using Orleans.Configuration;
using Orleans.Hosting;
using EmbeddedOrleans.Tests.Turns;

namespace EmbeddedOrleans.Tests.Activations;

public sealed class OverloadTests : ClusterTest
{
    // Orleans let the fourth one wait in this test; why is not understood.
    [Fact, Trait("Engine", "Embedded")]
    public async Task Requests_BeyondTheLimit_AreRefused()
    {
        var sut = Grain<ITurnGrain>();
        var running = sut.PassAsync("gate");
        await Gates.ReachedAsync("gate");
        var waiting = new[] { sut.PassAsync("gate"), sut.PassAsync("gate") };

        await Should.ThrowAsync<LimitExceededException>(() => sut.PassAsync("gate"));

        Gates.Open("gate");
        await Task.WhenAll([running, .. waiting]);
    }

    protected override void Configure(ISiloBuilder silo) =>
        silo.Configure<SiloMessagingOptions>(options => options.MaxEnqueuedRequestsHardLimit = 2);
}
