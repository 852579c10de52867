namespace Waqtor.Devices;

/// <summary>A device session as everybody outside sees it.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.device-session-record")]
public sealed record DeviceSessionRecord
{
    [Id(0)] public required string Id { get; init; }
    /// <summary>The instance's name.</summary>
    [Id(1)] public required string Instance { get; init; }
    [Id(2)] public required string DeviceId { get; init; }
    [Id(3)] public string? Name { get; init; }
    [Id(4)] public required string ConversationId { get; init; }
    [Id(5)] public required DateTimeOffset CreatedAt { get; init; }
    /// <summary>Null while the session is open.</summary>
    [Id(6)] public DateTimeOffset? ClosedAt { get; init; }
    /// <summary>The place of the last message taken in: the next one has a higher place.</summary>
    [Id(7)] public long LastSequence { get; init; }
    /// <summary>The number of the last event for the device.</summary>
    [Id(8)] public long LastEvent { get; init; }
    /// <summary>The device has read the events up to this one.</summary>
    [Id(9)] public long AcknowledgedEvent { get; init; }
    /// <summary>Rises each time the session is closed; a token of an older one is refused.</summary>
    [Id(10)] public int Opening { get; init; }
}
