using Waqtor.Conversations;

namespace Waqtor.Api.Queue;

/// <summary>Whether batches move.</summary>
public sealed record QueueHealth
{
    /// <summary><c>healthy</c>, or <c>degraded</c> when something was left lying, waits in the spool or is older than 5 minutes.</summary>
    public required string Status { get; init; }
    public required long Pending { get; init; }
    public required long InFlight { get; init; }
    public required double OldestAgeSeconds { get; init; }
    public required long Dead { get; init; }
    public required OrphanReport Orphans { get; init; }
    /// <summary>Deliveries of this node that wait for the store.</summary>
    public required int Spooled { get; init; }
}
