using Waqtor.Deliveries;
using Waqtor.Events;
using Waqtor.Grains.Tests.Cluster;

namespace Waqtor.Grains.Tests.Deliveries;

public sealed class ParkedDeliveryGrainTests : IAsyncLifetime
{
    private static readonly DeliveryRecord Delivery = new()
    {
        Id = "dlv_1", Instance = "shop", Provider = "cloud", ReceivedAt = DateTimeOffset.UnixEpoch, Bytes = 3,
        Outcome = DeliveryOutcome.Parked, Reason = "unreadable", Raw = "???",
    };

    private WaqtorCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await WaqtorCluster.StartAsync();

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task ParkAsync_ArchiveDown_IsKeptUntilTheArchiveHasIt()
    {
        _cluster.Archive.IsDown = true;
        await _cluster.Grain<IParkedDeliveryGrain>("dlv_1").ParkAsync(Delivery);
        await _cluster.Grain<IParkedDeliveryGrain>("dlv_1").ParkAsync(Delivery);
        _cluster.Storage.Find("parked-delivery/dlv_1")!.ShouldContain("???");
        await _cluster.CrashAsync();

        _cluster.Archive.IsDown = false;
        await _cluster.AdvanceAsync(120);

        _cluster.Archive.Single(EventNames.DeliveryParked).Delivery!.Raw.ShouldBe("???");
        _cluster.Storage.Find("parked-delivery/dlv_1").ShouldBeNull();
    }

    [Fact]
    public async Task Tell_TheStoreClearsAndDoesNotSaySo_IsNotToldForEver()
    {
        _cluster.Archive.IsDown = true;
        await _cluster.Grain<IParkedDeliveryGrain>("dlv_1").ParkAsync(Delivery);
        await _cluster.WhenIdleAsync();
        _cluster.Storage.Loses = grain => grain == "parked-delivery/dlv_1";
        _cluster.Archive.IsDown = false;
        await _cluster.UntilToldAsync(EventNames.DeliveryParked);
        await _cluster.WhenIdleAsync();
        _cluster.Storage.Arrive().ShouldBeTrue();
        _cluster.Storage.Loses = _ => false;
        await _cluster.AdvanceAsync(300);
        var tellings = _cluster.Archive.Writes;

        await _cluster.AdvanceAsync(900);

        _cluster.Archive.Writes.ShouldBe(tellings);
        _cluster.Storage.Find("parked-delivery/dlv_1").ShouldBeNull();
    }
}
