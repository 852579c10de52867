using System.Collections.Immutable;
using Waqtor.Messages;

namespace Waqtor.Conversations;

/// <summary>The messages of one delivery for one conversation, with the rule to buffer them by.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.receive-messages")]
public sealed record ReceiveMessages
{
    [Id(0)] public required string InstanceId { get; init; }
    /// <summary>The instance's name.</summary>
    [Id(1)] public required string Instance { get; init; }
    [Id(2)] public required string DeliveryId { get; init; }
    /// <summary>When the delivery reached this server; a spooled one keeps its time.</summary>
    [Id(3)] public required DateTimeOffset ReceivedAt { get; init; }
    [Id(4)] public required ImmutableArray<InboundMessage> Messages { get; init; }
    /// <summary>The rule travels with the messages, so that no instance grain is asked on the way to the acknowledgement.</summary>
    [Id(5)] public required BufferRule Buffer { get; init; }
    /// <summary>How long the delivery had waited when it was handed over, by a clock that nobody sets. Default: not at all.</summary>
    [Id(6)] public TimeSpan Waited { get; init; }
    /// <summary>The instance's bot was switched off: the messages are not answered, even if it is on again before their burst ends. Default: it was on.</summary>
    [Id(7)] public bool BotIsOff { get; init; }
    /// <summary>When the messages were given to the conversation: what they wait for it counts as well, within one process. Null: not known.</summary>
    [Id(8)] public HandOver? HandedOver { get; init; }
}
