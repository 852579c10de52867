using Waqtor.Conversations;
using Waqtor.Messages;

namespace Waqtor.Devices;

/// <summary>A whole message of a device, whose content was checked and kept.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.accept-device-message")]
public sealed record AcceptDeviceMessage
{
    /// <summary>The device's id of the message: the key of deduplication within the session.</summary>
    [Id(0)] public required string MessageId { get; init; }
    /// <summary>The message's place in the session: each is higher than the one before.</summary>
    [Id(1)] public required long Sequence { get; init; }
    [Id(2)] public required MessageKind Kind { get; init; }
    [Id(3)] public string? Text { get; init; }
    [Id(4)] public MessageContent? Content { get; init; }
    /// <summary>The device's time of the message.</summary>
    [Id(5)] public DateTimeOffset? SentAt { get; init; }
    [Id(6)] public required DateTimeOffset ReceivedAt { get; init; }
    [Id(7)] public required string DeliveryId { get; init; }
    /// <summary>The instance's rule.</summary>
    [Id(8)] public required BufferRule Buffer { get; init; }
    /// <summary>The instance's bot was switched off: the message is not answered. Default: it was on.</summary>
    [Id(9)] public bool BotIsOff { get; init; }
    /// <summary>When the message was given to the session: what it waits for it counts as well, within one process. Null: not known.</summary>
    [Id(10)] public HandOver? HandedOver { get; init; }
}
