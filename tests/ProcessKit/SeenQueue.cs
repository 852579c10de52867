namespace Waqtor.ProcessKit;

/// <summary><c>GET /api/queue/stats</c>.</summary>
public sealed record SeenQueue
{
    public required long Pending { get; init; }
    public required long InFlight { get; init; }
    public double OldestAgeSeconds { get; init; }
    public required long Processed { get; init; }
    public required long Retried { get; init; }
    public required long Dead { get; init; }

    public bool IsIdle => Pending == 0 && InFlight == 0;
}
