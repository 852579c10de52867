using Waqtor.Deliveries;
using Waqtor.Events;
using Waqtor.Grains.Tests.Cluster;

namespace Waqtor.Grains.Tests.Deliveries;

public sealed class ParkedDeliveryGrainTests : IAsyncLifetime
{
    private WaqtorCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await WaqtorCluster.StartAsync();

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task ParkAsync_ArchiveDown_IsKeptUntilTheArchiveHasIt()
    {
        _cluster.Archive.IsDown = true;
        var delivery = new DeliveryRecord
        {
            Id = "dlv_1", Instance = "shop", Provider = "cloud", ReceivedAt = DateTimeOffset.UnixEpoch, Bytes = 3,
            Outcome = DeliveryOutcome.Parked, Reason = "unreadable", Raw = "???",
        };
        await _cluster.Grain<IParkedDeliveryGrain>("dlv_1").ParkAsync(delivery);
        await _cluster.Grain<IParkedDeliveryGrain>("dlv_1").ParkAsync(delivery);
        _cluster.Storage.Find("parked-delivery/dlv_1")!.ShouldContain("???");
        await _cluster.CrashAsync();

        _cluster.Archive.IsDown = false;
        await _cluster.AdvanceAsync(120);

        _cluster.Archive.Single(EventNames.DeliveryParked).Delivery!.Raw.ShouldBe("???");
        _cluster.Storage.Find("parked-delivery/dlv_1").ShouldBeNull();
    }
}
