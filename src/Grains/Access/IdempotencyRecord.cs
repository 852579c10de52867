namespace Waqtor.Access;

/// <summary>What <see cref="IdempotencyGrain"/> stores.</summary>
[GenerateSerializer, Alias("waqtor.idempotency-record")]
public sealed class IdempotencyRecord
{
    /// <summary>Version of this layout.</summary>
    [Id(0)] public int Version { get; set; } = 1;
    /// <summary>Null: nothing is remembered.</summary>
    [Id(1)] public string? RequestHash { get; set; }
    [Id(2)] public DateTimeOffset BegunAt { get; set; }
    [Id(3)] public bool Completed { get; set; }
    [Id(4)] public int StatusCode { get; set; }
    [Id(5)] public string? ContentType { get; set; }
    [Id(6)] public string? Body { get; set; }
}
