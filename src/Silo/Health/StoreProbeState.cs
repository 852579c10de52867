using Orleans;

namespace Waqtor.Silo.Health;

/// <summary>What the store check writes.</summary>
[GenerateSerializer, Alias("waqtor.store-probe-state")]
public sealed class StoreProbeState
{
    [Id(0)] public DateTimeOffset WrittenAt { get; set; }
}
