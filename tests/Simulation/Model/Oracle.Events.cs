using Waqtor.Conversations;
using Waqtor.Events;
using Waqtor.Messages;
using Waqtor.Sending;
using Waqtor.Simulation.Disk;
using Waqtor.Simulation.Faults;

namespace Waqtor.Simulation.Model;

// Events: only what is durable is told, all of it, in order. Reminders: work that waits is never without one.
internal sealed partial class Oracle
{
    private readonly Dictionary<string, EventLine> _lines = new(StringComparer.Ordinal);
    private readonly Dictionary<string, EventLine> _lineOf = new(StringComparer.Ordinal);

    private readonly HashSet<string> _shown = new(StringComparer.Ordinal);

    /// <summary>A writer of the archive is about to write these.</summary>
    public void Telling(IReadOnlyList<DomainEvent> events)
    {
        foreach (var one in events)
        {
            if (one.ConversationId is not null && !_lineOf.ContainsKey(one.Id))
                Violated("durable-before-told", $"Event {one.Id} ({one.Name}) is told and is not on the disk.");
        }
    }

    public void Archived(IReadOnlyList<DomainEvent> events)
    {
        foreach (var one in events)
        {
            if (!_lineOf.TryGetValue(one.Id, out var line)) continue;
            var place = line.Places[one.Id];
            world.Timeline.Note("archived", one.Name, one.Id);
            if (place < line.Archived)
            {
                world.Coverage.Count(Branch.EventsToldAgain);
                continue;
            }

            if (place > line.Archived)
                Violated("events-in-order", $"Event {one.Id} ({one.Name}) reached the archive before {line.Order[line.Archived]}.");
            line.Archived = place + 1;
        }
    }

    /// <summary>A reader of the feed saw it.</summary>
    public void Shown(string topic, string epoch, DomainEvent one)
    {
        if (!_lineOf.TryGetValue(one.Id, out var line)) return;
        var place = line.Places[one.Id];
        world.Timeline.Note("shown", topic + " " + one.Name, one.Id);
        if (place >= line.Archived) Violated("durable-before-told", $"Event {one.Id} ({one.Name}) is shown and the archive does not have it.");
        // A new epoch tells its readers to fetch afresh; what they see again then has no place in their order.
        if (!_shown.Add(topic + one.Id)) return;
        var key = topic + epoch;
        if (line.Shown.TryGetValue(key, out var last) && place <= last)
            Violated("events-in-order", $"Topic {topic} showed event {one.Id} ({one.Name}) after a later one of its conversation.");
        line.Shown[key] = place;
    }

    /// <summary>A call was lost, or its answer: whom it concerns may be late.</summary>
    public void CallLost(IIncomingGrainCallContext call)
    {
        foreach (var id in Concerned(call))
        {
            if (_conversations.TryGetValue(id, out var model)) model.DisturbedAt = Now;
        }
    }

    public void CallEnded(IIncomingGrainCallContext call)
    {
        if (Find(call.TargetId) is not { } model) return;
        if (call.InterfaceMethod.DeclaringType == typeof(IRemindable) && model.Durable is { } state && AllOf(state).Any()) world.Coverage.Count(Branch.ReminderWoke);
        // Only an answer that says "durable" is a promise; what failed halfway is tried again by whoever asked.
        if (call.MethodName is nameof(IConversationGrain.ReceiveAsync) or nameof(IConversationGrain.SendTextAsync)) CheckReminder(model);
        if (call.MethodName == nameof(IConversationGrain.RedriveAsync) && call.Result is true) CheckOrphan(model);
    }

    private static IEnumerable<string> Concerned(IIncomingGrainCallContext call)
    {
        if (call.TargetId.Type.ToString() == "conversation") yield return call.TargetId.Key.ToString()!;
        for (var i = 0; i < call.Request.GetArgumentCount(); i++)
        {
            switch (call.Request.GetArgument(i))
            {
                case string id:
                    yield return id;
                    break;
                case ReplyRequest request:
                    yield return request.ConversationId;
                    break;
                case SendRequest request:
                    yield return request.ConversationId;
                    break;
                case SendTicket ticket:
                    yield return ticket.ConversationId;
                    break;
                case StatusUpdate { ConversationId: { } id }:
                    yield return id;
                    break;
                case MessageRecord message:
                    yield return message.ConversationId;
                    break;
                case System.Collections.Immutable.ImmutableArray<DomainEvent> events:
                    foreach (var one in events) yield return one.ConversationId ?? "";
                    break;
            }
        }
    }

    private void CheckReminder(ConversationModel model)
    {
        var state = model.Durable;
        if (state.Buffer is null && state.Batches.Count == 0 && state.Outgoing.Count == 0) return;
        if (model.Operations > 0 || model.IsDurableUnknown) return;
        var key = SimulatedStore.ReminderKey(GrainId.Create("conversation", model.Contact.ConversationId), "work");
        if (world.Disk.ReadDurable(key)?.Reminder is not { } reminder)
        {
            Violated("reminder-kept", $"{model.Contact.Name} has work that waits and no reminder on the disk.");
            return;
        }

        if (world.LastClockSetAt > TimeSpan.MinValue || state.Buffer is not { } buffer) return;
        var due = buffer.DueAt.UtcDateTime;
        var now = world.Time.Wall.UtcDateTime;
        if (due < now) due = now;
        if (reminder.StartAt <= due + TimeSpan.FromSeconds(2)) return;
        Violated("reminder-in-time", $"{model.Contact.Name} must flush in {(due - now).TotalSeconds} s and is reminded in {(reminder.StartAt - now).TotalSeconds} s.");
    }

    private void CheckOrphan(ConversationModel model)
    {
        var healthySince = Later(Later(model.DisturbedAt, world.LastClockSetAt), Later(world.UpSince, model.MovedAt));
        if (healthySince + TimeSpan.FromSeconds(80) < Now) Violated("no-orphan", $"{model.Contact.Name} lay without progress in a healthy system.");
    }

    private void Expect(string grain, List<DomainEvent> outbox)
    {
        if (outbox.Count == 0) return;
        if (!_lines.TryGetValue(grain, out var line)) _lines.Add(grain, line = new EventLine());
        foreach (var one in outbox)
        {
            line.Expect(one.Id);
            _lineOf.TryAdd(one.Id, line);
        }
    }
}
