namespace Waqtor.Sending;

/// <summary>An instance's outbound queue now.</summary>
/// <param name="WaitingForDay">Conversations among the waiting whose next message waits for the daily limit of contacts.</param>
/// <param name="DayFreeAt">When the daily limit lets the next of them go; null: none waits for it.</param>
[GenerateSerializer, Immutable, Alias("waqtor.outbound-stats")]
public sealed record OutboundStats(
    [property: Id(0)] int Waiting,
    [property: Id(1)] int InFlight,
    [property: Id(2)] DateTimeOffset? PausedUntil,
    [property: Id(3)] int WaitingForDay = 0,
    [property: Id(4)] DateTimeOffset? DayFreeAt = null);
