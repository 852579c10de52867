namespace Waqtor.Conversations;

/// <summary>What the orphan watch found.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.orphan-report")]
public sealed record OrphanReport(
    [property: Id(0)] long Redriven,
    [property: Id(1)] int LastRound,
    [property: Id(2)] DateTimeOffset? LastRoundAt);
