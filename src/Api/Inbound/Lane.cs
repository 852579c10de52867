using Waqtor.Api.Instances;

namespace Waqtor.Api.Inbound;

/// <summary>Elements of a delivery that must keep their order: one conversation, one sent message's statuses, or one connection.</summary>
internal sealed class Lane(string key, CachedInstance instance, LaneKind kind)
{
    /// <summary>Lanes of other deliveries with the same key wait for each other in a replay.</summary>
    public string Key { get; } = key;
    public CachedInstance Instance { get; } = instance;
    public LaneKind Kind { get; } = kind;

    /// <summary>Positions in the delivery, rising.</summary>
    public List<int> Elements { get; } = [];
}
