using Waqtor.Conversations;
using Waqtor.Deliveries;
using Waqtor.Events;

namespace Waqtor.Archive;

/// <summary>
/// What a set of events asks to be written, folded: one entry for each message, batch, conversation, delivery and
/// audit row, however many events spoke of it. Events of sessions and notices have no place in the archive.
/// </summary>
/// <param name="events">How many to expect, about half of which are of the same message or conversation.</param>
internal sealed class AppendPlan(int events)
{
    private readonly Dictionary<string, MessageFacts> _messages = new(events / 2, StringComparer.Ordinal);
    private readonly Dictionary<string, BatchRecord> _batches = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ConversationRecord> _conversations = new(events / 2, StringComparer.Ordinal);
    private readonly Dictionary<string, DeliveryRecord> _deliveries = new(events / 2, StringComparer.Ordinal);
    private readonly Dictionary<string, DomainEvent> _audits = new(StringComparer.Ordinal);
    private readonly Dictionary<string, QueueCount> _counts = new(StringComparer.Ordinal);

    public int EventCount { get; private set; }

    public IReadOnlyDictionary<string, MessageFacts> Messages => _messages;

    public IReadOnlyDictionary<string, BatchRecord> Batches => _batches;

    public IReadOnlyDictionary<string, ConversationRecord> Conversations => _conversations;

    public IReadOnlyDictionary<string, DeliveryRecord> Deliveries => _deliveries;

    /// <summary>By event id.</summary>
    public IReadOnlyDictionary<string, DomainEvent> Audits => _audits;

    /// <summary>By instance: what <see cref="Accept"/> found to have changed.</summary>
    public IReadOnlyDictionary<string, QueueCount> Counts => _counts;

    public static AppendPlan Of(IEnumerable<DomainEvent> events)
    {
        var list = events.ToList();
        var plan = new AppendPlan(list.Count);
        plan.Add(list);
        return plan;
    }

    public void Add(IEnumerable<DomainEvent> events)
    {
        foreach (var one in events) Add(one);
    }

    public void Add(DomainEvent one)
    {
        EventCount++;
        if (one.Message is { } message)
        {
            var changed = one.Name == EventNames.MessageChanged;
            Facts(message.Id).AddMessage(message, changed ? one.At : null, changed ? one.Id : null);
        }

        if (one.Status is { } status) Facts(status.MessageId).AddStatus(status, fromProvider: one.Message is not { Doubtful: true });
        if (one.Batch is { } batch
            && (!_batches.TryGetValue(batch.Id, out var knownBatch)
                || StoredBatch.Of(batch).CompareTo(StoredBatch.Of(knownBatch)) > 0))
        {
            _batches[batch.Id] = batch;
        }

        if (one.Conversation is { } conversation
            && (!_conversations.TryGetValue(conversation.Id, out var known) || conversation.Version > known.Version))
        {
            _conversations[conversation.Id] = conversation;
        }

        if (one.Delivery is { } delivery
            && (!_deliveries.TryGetValue(delivery.Id, out var first) || IsNews(delivery.Outcome, first.Outcome)))
        {
            _deliveries[delivery.Id] = delivery;
        }

        if (one.Audit is not null) _audits.TryAdd(one.Id, one);
    }

    /// <summary>A delivery's first record stays, but one that was only spooled is overruled by what became of it.</summary>
    public static bool IsNews(DeliveryOutcome outcome, DeliveryOutcome known) =>
        known == DeliveryOutcome.Spooled && outcome != DeliveryOutcome.Spooled;

    /// <summary>A transaction begins, perhaps not the first: what an earlier one accepted was rolled back.</summary>
    public void BeginWrite() => _counts.Clear();

    /// <summary>
    /// The store takes <paramref name="batch"/> in the place of <paramref name="known"/> (null: none). Its messages
    /// learn of it once, when it stops being a buffer, and the queue's counters follow.
    /// </summary>
    public void Accept(BatchRecord batch, StoredBatch? known)
    {
        if (batch.Status != BatchStatus.Open && known is null or { Status: BatchStatus.Open } && !batch.MessageIds.IsDefault)
        {
            foreach (var message in batch.MessageIds) Facts(message).AddBatch(batch.Id);
        }

        var change = QueueCount.Of(batch) - QueueCount.Of(known);
        if (change != default) _counts[batch.Instance] = _counts.GetValueOrDefault(batch.Instance) + change;
    }

    private MessageFacts Facts(string id)
    {
        if (!_messages.TryGetValue(id, out var facts)) _messages.Add(id, facts = new MessageFacts(id));
        return facts;
    }
}
