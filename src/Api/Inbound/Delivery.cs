using Waqtor.Api.Instances;

namespace Waqtor.Api.Inbound;

/// <summary>A delivery whose signature was checked: what is known of it beside its body.</summary>
internal sealed class Delivery
{
    public required string Id { get; init; }
    /// <summary>The instance of the address it came to.</summary>
    public required CachedInstance Instance { get; init; }
    /// <summary>The word of the address.</summary>
    public required string Provider { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    /// <summary>The clock's timestamp when it was taken up here.</summary>
    public required long TakenUpAt { get; init; }
    /// <summary>How long it had been kept, in the spool or parked, until then.</summary>
    public TimeSpan Kept { get; init; }
    /// <summary>False when the instance has no secret to check with.</summary>
    public required bool SignatureChecked { get; init; }
    public required int Bytes { get; init; }

    /// <summary>Whether another instance, to which an element is addressed, also vouches for this body.</summary>
    public required Func<CachedInstance, bool> Accepts { get; init; }

    /// <summary>Other instances that accepted it; they go into the spool with it, where the headers are gone.</summary>
    public List<string>? AcceptedBy { get; set; }
}
