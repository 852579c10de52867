namespace Waqtor.Instances;

/// <summary>The connection of an instance to WhatsApp.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.session-record")]
public sealed record SessionRecord
{
    [Id(0)] public required SessionStatus Status { get; init; }
    [Id(1)] public required DateTimeOffset ChangedAt { get; init; }
    [Id(2)] public string? Reason { get; init; }
    /// <summary>The text of the QR code to scan, while one is asked for.</summary>
    [Id(3)] public string? QrCode { get; init; }
    [Id(4)] public string? PairingCode { get; init; }
    [Id(5)] public string? Phone { get; init; }
    [Id(6)] public string? ProfileName { get; init; }
}
