using System.Text.Json.Serialization;
using Waqtor.Events;
using Waqtor.Messages;
using Waqtor.SmartBot;

namespace Waqtor.Conversations;

/// <summary>All a conversation must not forget. What is answered, sent and told leaves it: history is the archive's.</summary>
[GenerateSerializer, Alias("waqtor.conversation-state")]
public sealed class ConversationState
{
    /// <summary>Version of this shape; golden files of every version are read in the tests.</summary>
    [Id(0)] public int Version { get; set; } = 1;
    /// <summary>Empty until the conversation has its first message.</summary>
    [Id(1)] public string InstanceId { get; set; } = "";
    [Id(2)] public string Instance { get; set; } = "";
    [Id(3)] public ContactIdentity Contact { get; set; } = new();
    [Id(4)] public DateTimeOffset CreatedAt { get; set; }
    /// <summary>The conversation that counts for this contact, when it is not this one.</summary>
    [Id(5)] public string? MovedTo { get; set; }
    /// <summary>Position of the last message.</summary>
    [Id(6)] public long Sequence { get; set; }
    /// <summary>Rises with every write: the version of the records told of.</summary>
    [Id(7)] public long Changes { get; set; }
    /// <summary>The open buffer.</summary>
    [Id(8)] public BatchState? Buffer { get; set; }
    /// <summary>Ended bursts, in order; only the first is being answered.</summary>
    [Id(9)] public List<BatchState> Batches { get; set; } = [];
    [Id(10)] public List<BatchState> DeadLetters { get; set; } = [];
    /// <summary>In order; only the first is being sent.</summary>
    [Id(11)] public List<OutgoingMessage> Outgoing { get; set; } = [];
    /// <summary>Sent, but the provider's answer was lost: waits for a status or an echo.</summary>
    [Id(12)] public List<OutgoingMessage> Doubtful { get; set; } = [];
    [Id(13)] public SeenMessageIds Seen { get; set; } = new();
    [Id(14)] public List<AcceptedSend> AcceptedSends { get; set; } = [];
    [Id(15)] public PauseState? Pause { get; set; }
    [Id(16)] public DateTimeOffset? LastInboundAt { get; set; }
    [Id(17)] public DateTimeOffset LastActivityAt { get; set; }
    [Id(18)] public string? LastMessageText { get; set; }
    [Id(19)] public MessageKind? LastMessageKind { get; set; }
    [Id(20)] public MessageDirection? LastMessageDirection { get; set; }
    [Id(21)] public int Unread { get; set; }
    /// <summary>Written with what they tell of, told afterwards; see <see cref="OutboxDispatcher"/>.</summary>
    [Id(22)] public List<DomainEvent> Outbox { get; set; } = [];

    /// <summary>The customer asked for no more messages.</summary>
    [Id(23)] public DateTimeOffset? OptedOutAt { get; set; }
    /// <summary>What was offered lately, oldest first; few.</summary>
    [Id(24)] public List<SentOffer> Offers { get; set; } = [];
    [Id(25)] public DataRequest? DataRequest { get; set; }
    /// <summary>When a message was last sent outside the service window: what a daily limit counts.</summary>
    [Id(26)] public DateTimeOffset? WrittenOutsideWindowAt { get; set; }

    [JsonIgnore]
    public bool Exists => InstanceId.Length > 0;
}
