using System.Text.Json;
using Waqtor.Conversations;
using Waqtor.Messages;
using Waqtor.Simulation.Disk;
using Waqtor.Simulation.Faults;
using Waqtor.Simulation.Outside;
using Waqtor.Simulation.Running;

namespace Waqtor.Simulation.Model;

/// <summary>
/// The judge. It sees what people did, what reached the outside and what became durable, never the grains' memory, and
/// says at the first moment when a promise is broken. What is durable is read from the simulated disk as a restarted
/// server would read it. Judging takes no part: nothing in a run depends on it.
/// </summary>
internal sealed partial class Oracle(World world)
{
    private readonly Dictionary<string, ConversationModel> _conversations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ConversationModel> _byGrain = new(StringComparer.Ordinal);
    private readonly HashSet<string> _batchEvents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DeliveryModel> _deliveries = new(StringComparer.Ordinal);

    // A store this slow counts as one that fails.
    private static readonly TimeSpan SlowAfter = TimeSpan.FromSeconds(1);

    public Violation? Violation { get; private set; }

    /// <summary>Hours that conversations have lived, all together.</summary>
    public double ConversationHours => _conversations.Values.Sum(one => one.BornAt is { } born ? (world.Time.Now - born).TotalHours : 0);

    private TimeSpan Now => world.Time.Now;

    public void Violated(string rule, string text)
    {
        if (Violation is not null) return;
        Violation = new Violation(rule, text, Now);
        world.Timeline.Note("BROKEN", rule, text);
    }

    public void Know(IEnumerable<Contact> contacts)
    {
        foreach (var contact in contacts)
        {
            var model = new ConversationModel(contact);
            _conversations.Add(contact.ConversationId, model);
            _byGrain.Add("conversation/" + contact.ConversationId, model);
        }
    }

    public void Wrote(Contact contact, IReadOnlyList<InboundMessage> messages)
    {
        var model = Of(contact);
        model.BornAt ??= Now;
        foreach (var message in messages) model.Messages.Add(message.ProviderMessageId, new MessageModel(message.ProviderMessageId));
    }

    public DeliveryModel DeliveryBegan(string id, Contact contact, IReadOnlyList<InboundMessage> messages, BufferRule rule)
    {
        var model = Of(contact);
        var delivery = new DeliveryModel(id, model, Now, [.. messages.Select(message => message.ProviderMessageId)], rule);
        _deliveries.Add(id, delivery);
        model.WasDirect |= !rule.Enabled;
        foreach (var message in delivery.Messages)
        {
            if (!model.Messages.TryGetValue(message, out var known) || known.FirstDeliveredAt is not null) continue;
            known.FirstDeliveredAt = Now;
            known.MustComeAfter = model.LastAcknowledged;
        }

        return delivery;
    }

    public void Acknowledged(DeliveryModel delivery, ReceiveResult result)
    {
        var model = delivery.Conversation;
        if (result.Duplicates > 0) world.Coverage.Count(Branch.DuplicateDropped);
        foreach (var id in delivery.Messages)
        {
            if (!model.Messages.TryGetValue(id, out var message)) continue;
            if (message.Id is null)
            {
                Violated("durable-before-acknowledged", $"Message {id} of {model.Contact.Name} was acknowledged and is not on the disk.");
                return;
            }

            message.IsAcknowledged = true;
            model.LastAcknowledged = Math.Max(model.LastAcknowledged, message.Sequence);
        }
    }

    public void FlushAsked(Contact contact) => Of(contact).FlushAskedAt = Now;

    public void Paused(Contact contact)
    {
        var model = Of(contact);
        if (model.Durable.Pause is null && !model.IsResumed)
            Violated("durable-before-answered", $"{contact.Name} was paused and is not on the disk.");
    }

    public void ResumeAsked(Contact contact) => Of(contact).IsResumed = true;

    public void ReplayAsked(Contact contact, string batchId)
    {
        var model = Of(contact);
        if (model.Batches.TryGetValue(batchId, out var batch)) batch.ReplaysAsked++;
        // Its attempts count from the start: what earlier ones of the same numbers answered is another matter.
        model.Attempts.RemoveAll(attempt => attempt.BatchId == batchId && attempt.EndedAt is not null);
    }

    public void Moved(Contact contact) => Of(contact).MovedAt = Now;

    public void ProcessEnded()
    {
        foreach (var model in _conversations.Values)
        {
            model.Operations = 0;
            model.MovedAt = Now;
            model.DisturbedAt = Now;
        }
    }

    public TimeSpan OperationBegan(GrainId grain)
    {
        if (Find(grain) is { } model) model.Operations++;
        return Now;
    }

    public void OperationEnded(GrainId grain, TimeSpan beganAt, bool isDisturbed)
    {
        if (Find(grain) is not { } model) return;
        if (model.Operations > 0) model.Operations--;
        model.LastOperationEndedAt = Now;
        if (isDisturbed || Now - beganAt > SlowAfter) model.DisturbedAt = Now;
    }

    private ConversationModel Of(Contact contact) => _conversations[contact.ConversationId];

    private ConversationModel? Find(GrainId grain) =>
        grain.IsDefault || _byGrain.Count == 0 ? null : _byGrain.GetValueOrDefault(grain.ToString());

    private static ConversationState? Read(DiskWrite write) =>
        write.Label == "conversation/conversation" && write.Record?.Payload is { } payload
            ? JsonSerializer.Deserialize<ConversationState>(payload, GrainStateJson.StoreOptions)
            : null;
}
