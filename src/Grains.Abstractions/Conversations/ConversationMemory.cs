using System.Collections.Immutable;
using Waqtor.Messages;
using Waqtor.SmartBot;

namespace Waqtor.Conversations;

/// <summary>What a conversation that is joined to another hands over to it: all that must not be forgotten, and what it has not answered.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.conversation-memory")]
public sealed record ConversationMemory
{
    [Id(0)] public required string InstanceId { get; init; }
    /// <summary>The instance's name.</summary>
    [Id(1)] public required string Instance { get; init; }
    [Id(2)] public required ContactIdentity Contact { get; init; }
    /// <summary>The dedupe memory, oldest day first.</summary>
    [Id(3)] public required ImmutableArray<SeenIds> Seen { get; init; }
    /// <summary>Bursts without a reply, oldest first.</summary>
    [Id(4)] public ImmutableArray<UnansweredBurst> Unanswered { get; init; } = [];
    [Id(5)] public PauseState? Pause { get; init; }
    /// <summary>When the customer asked for no more messages; null: may be written to.</summary>
    [Id(6)] public DateTimeOffset? OptedOutAt { get; init; }
    [Id(7)] public DateTimeOffset? LastInboundAt { get; init; }
    /// <summary>When a message was last sent outside the service window.</summary>
    [Id(8)] public DateTimeOffset? WrittenOutsideWindowAt { get; init; }
    /// <summary>What was offered lately, oldest first.</summary>
    [Id(9)] public ImmutableArray<SentOffer> Offers { get; init; } = [];
    [Id(10)] public DataRequest? DataRequest { get; init; }
    [Id(11)] public ImmutableArray<AcceptedSend> AcceptedSends { get; init; } = [];
    /// <summary>Sent, but the provider's answer was lost: an echo may settle them.</summary>
    [Id(12)] public ImmutableArray<MessageRecord> Doubtful { get; init; } = [];
}
