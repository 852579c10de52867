namespace Waqtor.Access;

/// <summary>What is known of an idempotency key, with the earlier answer if there is one.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.idempotency-answer")]
public sealed record IdempotencyAnswer(
    [property: Id(0)] IdempotencyState State,
    [property: Id(1)] int StatusCode = 0,
    [property: Id(2)] string? ContentType = null,
    [property: Id(3)] string? Body = null);
