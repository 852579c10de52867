namespace Waqtor.Messages;

/// <summary>What <see cref="StatusExpiryGrain"/> stores. Pages are counted; those of <see cref="First"/> to before <see cref="Next"/> wait.</summary>
[GenerateSerializer, Alias("waqtor.status-expiry-state")]
public sealed class StatusExpiryState
{
    /// <summary>Version of this layout.</summary>
    [Id(0)] public int Version { get; set; } = 1;
    /// <summary>Keys that no page holds yet, in the order of their coming.</summary>
    [Id(1)] public List<string> Open { get; set; } = [];
    /// <summary>When the first of the open keys came.</summary>
    [Id(2)] public DateTimeOffset OpenedAt { get; set; }
    /// <summary>The oldest page.</summary>
    [Id(3)] public long First { get; set; }
    /// <summary>The page that the open keys will be.</summary>
    [Id(4)] public long Next { get; set; }
}
