namespace Waqtor.Instances;

/// <summary>What a provider's delivery says of the connection itself.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.session-update")]
public sealed record SessionUpdate
{
    /// <summary>Null: the status stays, only the rest changes (a new QR code).</summary>
    [Id(0)] public SessionStatus? Status { get; init; }
    [Id(1)] public string? Reason { get; init; }
    [Id(2)] public string? QrCode { get; init; }
    [Id(3)] public string? PairingCode { get; init; }
    [Id(4)] public string? Phone { get; init; }
    [Id(5)] public string? ProfileName { get; init; }
}
