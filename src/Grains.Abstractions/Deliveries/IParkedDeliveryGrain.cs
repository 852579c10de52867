namespace Waqtor.Deliveries;

/// <summary>Keeps the raw body of a delivery that could not be read or routed until the archive has it. Key: the delivery's id.</summary>
[Alias("waqtor.IParkedDeliveryGrain")]
public interface IParkedDeliveryGrain : IGrainWithStringKey
{
    /// <summary>Durable when it returns. Idempotent.</summary>
    [Alias("ParkAsync")]
    Task ParkAsync(DeliveryRecord delivery);
}
