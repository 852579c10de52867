using Waqtor.Conversations;
using Waqtor.Messages;
using Waqtor.Simulation.Outside;

namespace Waqtor.Simulation.Model;

/// <summary>What must be true of one conversation, built up from what the world saw and what became durable.</summary>
internal sealed class ConversationModel(Contact contact)
{
    public Contact Contact => contact;

    /// <summary>What would be there after a crash now.</summary>
    public ConversationState Durable { get; set; } = new();

    /// <summary>It became durable after its writer had been told that it failed: the grain need not know of it.</summary>
    public bool IsDurableUnknown { get; set; }

    public Dictionary<string, MessageModel> Messages { get; } = new(StringComparer.Ordinal);

    /// <summary>By our own id.</summary>
    public Dictionary<string, MessageRecord> Records { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, BatchModel> Batches { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, SendModel> Sends { get; } = new(StringComparer.Ordinal);

    public List<AttemptModel> Attempts { get; } = [];

    public TimeSpan? BornAt { get; set; }

    public long LastAcknowledged { get; set; }

    /// <summary>Operations of the store that run for it.</summary>
    public int Operations { get; set; }

    public TimeSpan LastOperationEndedAt { get; set; } = TimeSpan.MinValue;

    /// <summary>When something last went wrong for it.</summary>
    public TimeSpan DisturbedAt { get; set; } = TimeSpan.MinValue;

    /// <summary>When its last activation was lost.</summary>
    public TimeSpan MovedAt { get; set; } = TimeSpan.MinValue;

    /// <summary>Somebody gave it back to the bot, or a pause had an end: then it may be over at any time.</summary>
    public bool IsResumed { get; set; }

    /// <summary>A person took over, at least once.</summary>
    public bool WasPaused { get; set; }

    /// <summary>Our ids of messages that had no reply while a person had the conversation.</summary>
    public HashSet<string> LeftToAPerson { get; } = new(StringComparer.Ordinal);

    /// <summary>A message came while buffering was off.</summary>
    public bool WasDirect { get; set; }

    /// <summary>When the grain first wrote a buffer, by its id.</summary>
    public Dictionary<string, TimeSpan> TakenAt { get; } = new(StringComparer.Ordinal);

    public TimeSpan FlushAskedAt { get; set; } = TimeSpan.MinValue;
}
