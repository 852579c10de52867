namespace Waqtor.Realtime;

/// <summary>What a ticket is checked with and stands for.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.ticket-record")]
public sealed record TicketRecord(
    /// <summary>The key of its signature, in hex.</summary>
    [property: Id(0)] string Secret,
    /// <summary>SHA-256 of the API key in lower-case hex.</summary>
    [property: Id(1)] string KeyHash,
    [property: Id(2)] DateTimeOffset ExpiresAt);
