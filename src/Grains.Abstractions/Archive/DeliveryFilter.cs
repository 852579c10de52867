using Waqtor.Deliveries;

namespace Waqtor.Archive;

/// <summary>Which deliveries to list; null members do not filter. Newest first.</summary>
public sealed record DeliveryFilter
{
    /// <summary>Names the caller may see; null: all.</summary>
    public IReadOnlyCollection<string>? AllowedInstances { get; init; }
    public string? Instance { get; init; }
    public DeliveryOutcome? Outcome { get; init; }
    public string? Cursor { get; init; }
    /// <summary>1 to 200. Default: 50.</summary>
    public int Limit { get; init; } = 50;
}
