using Waqtor.Events;
using Waqtor.Messages;
using Waqtor.SmartBot;

namespace Waqtor.Conversations;

/// <summary>
/// One decision about a conversation: its state, the time and the means it is decided with. The decisions themselves are
/// the extension classes beside this one (<see cref="MessageIntake"/>, <see cref="BatchLine"/>, <see cref="SendLine"/>):
/// they change the state and append the events, and know neither clock nor store.
/// </summary>
internal sealed class ConversationBook(
    string conversationId, ConversationState state, DateTimeOffset now, IIdSource ids, ProcessName process, ConversationOptions options, Random random)
{
    public string ConversationId => conversationId;
    public ConversationState State => state;
    public DateTimeOffset Now => now;
    public ConversationOptions Options => options;
    public ProcessName Process => process;

    /// <summary>True once the decision changed something that must be written.</summary>
    public bool Changed { get; private set; }

    public string NewId(string prefix) => ids.New(prefix);

    /// <summary>The state differs from the store from here on.</summary>
    public void Touch()
    {
        if (!Changed) Rise();
    }

    public void Tell(string name, MessageRecord? message = null) => Add(name, message, null, null);

    /// <summary>Tells of the conversation itself, as it is now.</summary>
    public void TellConversation()
    {
        Rise();
        Add(EventNames.ConversationUpdated, null, null, state.ToRecord(conversationId));
    }

    /// <summary>Tells of a batch, as it is now.</summary>
    public void TellBatch(
        string name, BatchState batch, BatchStatus status, DateTimeOffset? completedAt = null, string? outcome = null)
    {
        Rise();
        Add(name, null, batch.ToRecord(state, conversationId, status, completedAt, outcome), null);
    }

    /// <summary>Tells how the bot answered a batch.</summary>
    public void TellReply(BatchState batch, ReplyTrace trace, string? messageId)
    {
        Touch();
        state.Outbox.Add(new DomainEvent
        {
            Id = ids.New(IdPrefix.Event),
            Name = EventNames.SmartBotReply,
            At = now,
            Instance = state.Instance,
            ConversationId = conversationId,
            Reply = new BotReplyRecord
            {
                BatchId = batch.Id,
                Instance = state.Instance,
                ConversationId = conversationId,
                MessageId = messageId,
                Trace = trace,
            },
        });
    }

    // Each record told of has a version of its own: whoever has a higher one drops it.
    private void Rise()
    {
        Changed = true;
        state.Changes++;
    }

    private void Add(string name, MessageRecord? message, BatchRecord? batch, ConversationRecord? conversation)
    {
        Touch();
        state.Outbox.Add(new DomainEvent
        {
            Id = ids.New(IdPrefix.Event),
            Name = name,
            At = now,
            Instance = state.Instance,
            ConversationId = conversationId,
            Message = message,
            Batch = batch,
            Conversation = conversation,
        });
    }

    /// <summary>The wait before attempt <paramref name="attempts"/> + 1: doubled each time, plus up to 20 % so that many do not come at once.</summary>
    public TimeSpan RetryDelay(int attempts) =>
        TimeSpan.FromSeconds(options.RetryDelaySeconds * Math.Pow(2, Math.Max(0, attempts - 1)) * (1 + (0.2 * random.NextDouble())));
}
