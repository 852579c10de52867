namespace Waqtor.Access;

/// <summary>Who did what, when and from where.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.audit-record")]
public sealed record AuditRecord(
    [property: Id(0)] string Actor,
    [property: Id(1)] string Action,
    [property: Id(2)] string? Target,
    [property: Id(3)] string? Ip,
    [property: Id(4)] DateTimeOffset At);
