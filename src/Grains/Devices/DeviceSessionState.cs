using Waqtor.Conversations;
using Waqtor.Events;

namespace Waqtor.Devices;

/// <summary>What <see cref="DeviceSessionGrain"/> stores.</summary>
[GenerateSerializer, Alias("waqtor.device-session-state")]
public sealed class DeviceSessionState
{
    /// <summary>Version of this layout.</summary>
    [Id(0)] public int Version { get; set; } = 1;
    [Id(1)] public string InstanceId { get; set; } = "";
    [Id(2)] public string Instance { get; set; } = "";
    [Id(3)] public string DeviceId { get; set; } = "";
    [Id(4)] public string? Name { get; set; }
    [Id(5)] public string ConversationId { get; set; } = "";
    [Id(6)] public DateTimeOffset CreatedAt { get; set; }
    [Id(7)] public DateTimeOffset? ClosedAt { get; set; }
    /// <summary>Rises with each closing.</summary>
    [Id(8)] public int Opening { get; set; }
    [Id(9)] public long LastSequence { get; set; }
    [Id(10)] public SeenMessageIds Seen { get; set; } = new();
    /// <summary>Oldest first.</summary>
    [Id(11)] public List<DeviceEvent> Events { get; set; } = [];
    [Id(12)] public long LastEvent { get; set; }
    [Id(13)] public long AcknowledgedEvent { get; set; }
    /// <summary>Messages to the device that were taken, by our id.</summary>
    [Id(14)] public SeenMessageIds Delivered { get; set; } = new();
    /// <summary>What was told of batches lately: event and batch.</summary>
    [Id(15)] public List<string> Noted { get; set; } = [];
    [Id(16)] public List<DomainEvent> Outbox { get; set; } = [];
}
