using Waqtor.Deliveries;

namespace Waqtor.Api.Tests.Fakes;

/// <summary>Notes parked deliveries.</summary>
internal sealed class FakeParkedDelivery(FakeCluster cluster) : IParkedDeliveryGrain
{
    public async Task ParkAsync(DeliveryRecord delivery)
    {
        await cluster.WriteAsync();
        cluster.Parked.Enqueue(delivery);
        cluster.OnParked?.Invoke();
    }
}
