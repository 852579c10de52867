namespace Waqtor.Archive;

/// <summary>How much waits and how much went through.</summary>
public sealed record QueueStats
{
    /// <summary>Open buffers and batches that wait for their turn or their next attempt.</summary>
    public required long Pending { get; init; }
    /// <summary>Batches being answered now.</summary>
    public required long InFlight { get; init; }
    /// <summary>Age of the oldest pending one in seconds; 0 when none.</summary>
    public required double OldestAgeSeconds { get; init; }
    public required long Processed { get; init; }
    /// <summary>Attempts beyond the first.</summary>
    public required long Retried { get; init; }
    public required long Dead { get; init; }
}
