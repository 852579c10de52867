using Waqtor.Events;

namespace Waqtor.Deliveries;

/// <summary>What <see cref="ParkedDeliveryGrain"/> stores until the archive has it.</summary>
[GenerateSerializer, Alias("waqtor.parked-delivery-state")]
public sealed class ParkedDeliveryState
{
    /// <summary>Version of this layout.</summary>
    [Id(0)] public int Version { get; set; } = 1;
    /// <summary>The delivery, as the event that tells of it.</summary>
    [Id(1)] public List<DomainEvent> Outbox { get; set; } = [];
}
