namespace Waqtor.Conversations;

/// <summary>A send accepted with an idempotency key: the same key answers the same message.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.accepted-send")]
public sealed record AcceptedSend(
    [property: Id(0)] string IdempotencyKey,
    [property: Id(1)] string MessageId,
    [property: Id(2)] DateTimeOffset At);
