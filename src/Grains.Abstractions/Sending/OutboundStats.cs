namespace Waqtor.Sending;

/// <summary>An instance's outbound queue now.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.outbound-stats")]
public sealed record OutboundStats(
    [property: Id(0)] int Waiting,
    [property: Id(1)] int InFlight,
    [property: Id(2)] DateTimeOffset? PausedUntil);
