using Waqtor.Conversations;
using Waqtor.Events;
using Waqtor.Messages;
using Waqtor.Simulation.Disk;

namespace Waqtor.Simulation.Model;

// The flush rule, to the millisecond, at the moment when the decision is given to the store.
internal sealed partial class Oracle
{
    private static readonly TimeSpan Rounding = TimeSpan.FromMilliseconds(1);

    // A write that failed is decided anew after a second, and after a start a second is promised.
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(1_001);

    private static readonly TimeSpan UnseenShiftMax = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan DistrustedAfter = TimeSpan.FromMilliseconds(100);

    public void Submitted(DiskWrite write)
    {
        if (Violation is not null || Find(write.Grain) is not { } model || Read(write) is not { } state) return;
        if (world.Timeline.KeepsLines && state.Buffer is { } open) world.Timeline.Remark($"buffer {open.Id} of {open.Messages.Count}, opened {open.OpenedAt:HH:mm:ss.ffffff}, due {open.DueAt:HH:mm:ss.ffffff}");
        if (state.Buffer is { } taken) model.TakenAt.TryAdd(taken.Id, Now);
        if (state.Buffer is { Messages: [.., var newest] } buffer && RuleOf(newest) is { Rule: { Enabled: true } rule } && buffer.Messages.Count >= rule.Messages)
            Violated("flush-count", $"{model.Contact.Name} has {buffer.Messages.Count} messages in an open buffer; {rule.Messages} end it.");
        foreach (var batch in state.Batches)
        {
            if (IsFlushed(model, batch.Id)) continue;
            CheckFlush(model, batch.Id, batch.Reason, batch.Messages);
        }

        foreach (var one in state.Outbox)
        {
            if (one is not { Name: EventNames.BatchCompleted, Batch: { } batch } || IsFlushed(model, batch.Id)) continue;
            var records = batch.MessageIds.Select(id => RecordOf(model, state, id)).OfType<MessageRecord>().ToList();
            CheckFlush(model, batch.Id, batch.Reason, records);
        }
    }

    private static bool IsFlushed(ConversationModel model, string batchId) =>
        model.Batches.TryGetValue(batchId, out var known) && known.IsFlushed;

    private static MessageRecord? RecordOf(ConversationModel model, ConversationState state, string id) =>
        model.Records.GetValueOrDefault(id) ?? state.Outbox.Find(one => one.Message?.Id == id)?.Message;

    private DeliveryModel? RuleOf(MessageRecord record) => record.DeliveryId is { } id ? _deliveries.GetValueOrDefault(id) : null;

    private void CheckFlush(ConversationModel model, string batchId, BatchReason? reason, List<MessageRecord> messages)
    {
        if (messages.Count == 0 || RuleOf(messages[0]) is not { } opening || RuleOf(messages[^1]) is not { } closing) return;
        var where = $"Batch {batchId} of {model.Contact.Name} ({messages.Count} messages, {reason})";
        switch (reason)
        {
            case BatchReason.Count:
                if (messages.Count != closing.Rule.Messages) Violated("flush-count", $"{where}: {closing.Rule.Messages} messages end a buffer.");
                break;
            case BatchReason.Manual:
                // The end of a pause ends the burst from before it as well.
                if (model.FlushAskedAt == TimeSpan.MinValue && !model.WasPaused) Violated("flush-manual", $"{where}: nobody asked for it.");
                break;
            case BatchReason.Direct:
                if (!model.WasDirect) Violated("flush-direct", $"{where}: buffering was never off.");
                break;
            default:
                CheckTime(model, where, opening, model.TakenAt.GetValueOrDefault(batchId, opening.At));
                break;
        }
    }

    private void CheckTime(ConversationModel model, string where, DeliveryModel opening, TimeSpan takenAt)
    {
        var due = opening.At + opening.Rule.Window;
        var opened = due - TimeSpan.FromSeconds(61);
        var clockWasSet = world.LastClockSetAt > TimeSpan.MinValue;
        var wasMoved = model.MovedAt >= opened;
        // Set by less than this, a clock is not seen to have been set, and moves what it stamped meanwhile.
        var earliest = clockWasSet ? due - UnseenShiftMax : due;
        if (Now < earliest && !(clockWasSet && wasMoved)) Violated("flush-early", $"{where}: {(due - Now).TotalMilliseconds} ms early.");

        // A stored time means another moment once the clock was set and the process or the activation is another.
        if (clockWasSet && wasMoved) return;

        // Once the clock was set, or a message waited long for its grain, only the grain's own time is to be trusted.
        if (world.LastClockSetAt > TimeSpan.MinValue || takenAt - opening.At >= DistrustedAfter) due = Later(due, takenAt + opening.Rule.Window);
        var from = Later(due, model.LastOperationEndedAt);
        var patience = Rounding;
        if (model.DisturbedAt >= opened || wasMoved)
        {
            from = Later(from, Later(model.DisturbedAt, Later(model.MovedAt, world.UpSince)));
            patience = Again;
        }

        if (Now > from + patience) Violated("flush-late", $"{where}: {(Now - due).TotalMilliseconds} ms late, and nothing held it up for {(Now - from).TotalMilliseconds} ms.");
    }

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
