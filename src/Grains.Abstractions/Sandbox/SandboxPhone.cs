namespace Waqtor.Sandbox;

/// <summary>A simulated customer's phone.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.sandbox-phone")]
public sealed record SandboxPhone(
    [property: Id(0)] string Phone,
    [property: Id(1)] string Name,
    [property: Id(2)] DateTimeOffset CreatedAt);
