namespace Waqtor.Api.Spooling;

/// <summary>A delivery as it lies in the spool. Its signature was checked before, so its headers are not needed any more.</summary>
internal sealed record SpoolRecord
{
    public required string DeliveryId { get; init; }
    public required string Instance { get; init; }
    public required string Provider { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public required bool SignatureChecked { get; init; }
    /// <summary>Other instances whose secret vouched for it too.</summary>
    public IReadOnlyList<string> AcceptedBy { get; init; } = [];
    public required ReadOnlyMemory<byte> Body { get; init; }
}
