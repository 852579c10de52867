using System.Text.Json;
using Waqtor.Conversations;
using Waqtor.Events;
using Waqtor.Messages;
using Waqtor.Simulation.Disk;
using Waqtor.Simulation.Faults;

namespace Waqtor.Simulation.Model;

// What becomes durable, and how it may differ from what was.
internal sealed partial class Oracle
{
    public void BecameDurable(DiskWrite write)
    {
        if (Violation is not null) return;
        if (write.Record?.Payload is { } payload && write.Label == "message-status/status")
        {
            var status = JsonSerializer.Deserialize<MessageStatusState>(payload, GrainStateJson.StoreOptions)!;
            Expect(write.Key, status.Outbox);
            if (status.Early.Count > 0) world.Coverage.Count(Branch.StatusBeforeLink);
        }

        if (Find(write.Grain) is not { } model || Read(write) is not { } state) return;
        world.Timeline.Note("durable", model.Contact.Name, write.Record!.ETag!);
        Expect(model.Contact.ConversationId, state.Outbox);
        foreach (var record in state.Outbox.Select(one => one.Message).OfType<MessageRecord>()) model.Records.TryAdd(record.Id, record);
        CheckMessages(model, state);
        CheckSends(model, state);
        CheckBatches(model, state);
        NotePause(model, state);
        model.Durable = state;
        model.IsDurableUnknown = write.IsTold && !write.IsPromised;
    }

    // What has no reply while a person has the conversation never gets one, unless a person asks for it.
    private static void NotePause(ConversationModel model, ConversationState state)
    {
        if (state.Pause is null) return;
        model.WasPaused = true;
        foreach (var batch in state.Batches.Where(batch => batch.ReplyMessageId is null).Concat(state.Buffer is { } buffer ? [buffer] : []))
            model.LeftToAPerson.UnionWith(batch.Messages.Select(message => message.Id));
    }

    private static IEnumerable<BatchState> AllOf(ConversationState state) =>
        state.DeadLetters.Concat(state.Batches).Concat(state.Buffer is { } buffer ? [buffer] : []);

    private void CheckMessages(ConversationModel model, ConversationState state)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var batchIds = new HashSet<string>(StringComparer.Ordinal);
        foreach (var batch in AllOf(state))
        {
            if (!batchIds.Add(batch.Id)) Violated("one-batch", $"Batch {batch.Id} of {model.Contact.Name} is there twice.");
            long last = 0;
            foreach (var record in batch.Messages)
            {
                if (!seen.Add(record.Id)) Violated("one-batch", $"Message {record.ProviderMessageId} of {model.Contact.Name} is in two places.");
                if (record.Sequence <= last) Violated("order", $"Message {record.ProviderMessageId} of {model.Contact.Name} is not in order of arrival.");
                last = record.Sequence;
                Learn(model, record, batch.Id);
            }
        }

        foreach (var told in state.Outbox)
        {
            if (told is { Name: EventNames.MessageReceived, Message: { BatchId: { } batchId } record }) Learn(model, record, batchId);
        }
    }

    private void Learn(ConversationModel model, MessageRecord record, string batchId)
    {
        model.Records[record.Id] = record;
        if (record.ProviderMessageId is null || !model.Messages.TryGetValue(record.ProviderMessageId, out var message))
        {
            Violated("invented", $"{model.Contact.Name} has a message that nobody wrote: {record.ProviderMessageId}.");
            return;
        }

        if (message.Id is null)
        {
            message.Id = record.Id;
            message.Sequence = record.Sequence;
            message.BatchId = batchId;
            if (message.Sequence <= message.MustComeAfter)
                Violated("order", $"Message {record.ProviderMessageId} of {model.Contact.Name} was put before one that was acknowledged before it came.");
        }
        else if (message.Id != record.Id)
        {
            Violated("stored-once", $"Message {record.ProviderMessageId} of {model.Contact.Name} was stored twice.");
        }
        else if (message.BatchId != batchId)
        {
            Violated("one-batch", $"Message {record.ProviderMessageId} of {model.Contact.Name} went from {message.BatchId} to {batchId}.");
        }
    }

    private void CheckBatches(ConversationModel model, ConversationState state)
    {
        NoteEndsAndReplays(model, state);
        var present = new HashSet<string>(AllOf(state).Select(batch => batch.Id), StringComparer.Ordinal);
        foreach (var known in model.Batches.Values)
        {
            if (!known.IsDone && !present.Contains(known.Id))
                Violated("batch-lost", $"Batch {known.Id} of {model.Contact.Name} is gone and nothing says how it ended.");
        }

        foreach (var batch in AllOf(state)) CheckBatch(model, state, batch);
        long last = 0;
        foreach (var batch in state.Batches.Where(batch => Model(model, batch.Id).Replays == 0))
        {
            var first = batch.Messages.Count == 0 ? last + 1 : batch.Messages[0].Sequence;
            if (first <= last) Violated("order", $"Batch {batch.Id} of {model.Contact.Name} stands behind a later one.");
            last = first;
        }

        CheckInterruptions(model, state);
    }

    private void CheckBatch(ConversationModel model, ConversationState state, BatchState batch)
    {
        var known = Model(model, batch.Id);
        if (known.IsDone) Violated("batch-once", $"Batch {batch.Id} of {model.Contact.Name} had ended and is back.");
        var ids = batch.Messages.ConvertAll(message => message.Id);
        if (known.IsFlushed ? !ids.SequenceEqual(known.MessageIds) : !ids.Take(known.MessageIds.Count).SequenceEqual(known.MessageIds))
            Violated("batch-fixed", $"Batch {batch.Id} of {model.Contact.Name} changed its messages.");
        if (batch.Attempts < known.Attempts) Violated("attempts-counted", $"Batch {batch.Id} of {model.Contact.Name} forgot an attempt.");
        // Once there is a reply, its tries to be sent are counted with its message.
        if (batch.Attempts > 4 && known.Replies.Count == 0) Violated("retries-bounded", $"Batch {batch.Id} of {model.Contact.Name} is in attempt {batch.Attempts}.");
        var isBuffer = batch == state.Buffer;
        if (isBuffer && known.IsFlushed) Violated("batch-fixed", $"Batch {batch.Id} of {model.Contact.Name} is open again.");
        if (batch.AttemptStartedAt is not null && batch.Attempts > known.Attempts)
        {
            if (state.Pause is not null && batch.ReplyMessageId is null) Violated("pause", $"Batch {batch.Id} of {model.Contact.Name} is being answered although a person took over.");
            if (known.Replays == 0 && batch.ReplyMessageId is null && batch.Messages.Exists(message => model.LeftToAPerson.Contains(message.Id)))
                Violated("pause", $"Batch {batch.Id} of {model.Contact.Name} is being answered although it was written while a person had the conversation.");
            if (batch != state.Batches.FirstOrDefault()) Violated("one-at-a-time", $"Batch {batch.Id} of {model.Contact.Name} is not the first and is being answered.");
        }

        known.MessageIds = ids;
        known.Attempts = batch.Attempts;
        if (!isBuffer && !known.IsFlushed) NoteFlush(model, known, batch.Reason);
        known.IsDead = state.DeadLetters.Contains(batch);
    }

    private void NoteFlush(ConversationModel model, BatchModel known, BatchReason? reason)
    {
        known.IsFlushed = true;
        world.Coverage.Count(reason switch
        {
            BatchReason.Count => Branch.FlushedByCount,
            BatchReason.Manual => Branch.FlushedByHand,
            BatchReason.Direct => Branch.FlushedDirect,
            _ => Branch.FlushedByTime,
        });
        if (reason == BatchReason.Due && world.UpSince > TimeSpan.Zero && model.MovedAt >= known.OpenedAt) world.Coverage.Count(Branch.FlushedAfterRestart);
    }

    // The outbox of the same write says what happened to batches that are not there any more.
    private void NoteEndsAndReplays(ConversationModel model, ConversationState state)
    {
        foreach (var one in state.Outbox)
        {
            if (one.Batch is not { } batch || !_batchEvents.Add(one.Id)) continue;
            var known = Model(model, batch.Id);
            switch (one.Name)
            {
                case EventNames.ConversationFlushed:
                    CheckAttempts(known, batch);
                    break;
                case EventNames.BatchCompleted or EventNames.BatchDiscarded:
                    if (!known.IsFlushed) NoteFlush(model, known, batch.Reason);
                    known.MessageIds = [.. batch.MessageIds];
                    known.IsDone = true;
                    if (one.Name == EventNames.BatchDiscarded) world.Coverage.Count(Branch.Discarded);
                    if (batch.Outcome == "paused") world.Coverage.Count(Branch.EndedByPause);
                    if (batch is { Outcome: "replied", Attempts: > 1 }) world.Coverage.Count(Branch.AnsweredOnRetry);
                    break;
                case EventNames.BatchReplayed:
                    known.Replays++;
                    known.Attempts = 0;
                    world.Coverage.Count(Branch.Replayed);
                    if (known.Replays > known.ReplaysAsked) Violated("replay", $"Batch {batch.Id} of {model.Contact.Name} was replayed and nobody asked.");
                    break;
                case EventNames.BatchDeadLettered:
                    world.Coverage.Count(Branch.DeadLettered);
                    if (!known.IsFlushed) NoteFlush(model, known, batch.Reason);
                    if (state.DeadLetters.All(dead => dead.Id != batch.Id) && state.Batches.All(other => other.Id != batch.Id) && !IsEndedIn(state, batch.Id))
                        Violated("dead-letter-kept", $"Batch {batch.Id} of {model.Contact.Name} was given up and is not among the dead letters.");
                    break;
                case EventNames.BatchFailed:
                    world.Coverage.Count(batch.Error?.StartsWith("No answer within", StringComparison.Ordinal) == true ? Branch.AttemptTimedOut : Branch.AttemptFailed);
                    CheckAnswerArrived(model, batch);
                    break;
            }
        }
    }

    private static bool IsEndedIn(ConversationState state, string batchId) =>
        state.Outbox.Exists(one => one.Batch?.Id == batchId && one.Name is EventNames.BatchCompleted or EventNames.BatchDiscarded);

    private void CheckAttempts(BatchModel known, BatchRecord batch)
    {
        if (batch.Attempts > 1) Violated("retries-bounded", $"Batch {known.Id} is flushed with {batch.Attempts} attempts.");
    }

    private void CheckInterruptions(ConversationModel model, ConversationState state)
    {
        if (state.Batches is not [{ AttemptStartedAt: not null, ReplyMessageId: null } batch, ..]) return;
        var before = model.Durable.Batches.Find(other => other.Id == batch.Id);
        if (before is { AttemptStartedAt: not null, ReplyMessageId: null } && before.Attempts < batch.Attempts) world.Coverage.Count(Branch.AttemptInterrupted);
    }

    private BatchModel Model(ConversationModel model, string id)
    {
        if (model.Batches.TryGetValue(id, out var known)) return known;
        known = new BatchModel(id) { OpenedAt = Now };
        model.Batches.Add(id, known);
        return known;
    }
}
