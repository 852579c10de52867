using Waqtor.Conversations;
using Waqtor.Events;
using Waqtor.Messages;
using Waqtor.Sending;
using Waqtor.Simulation.Faults;
using Waqtor.Simulation.Running;

namespace Waqtor.Simulation.Model;

// Answering and sending: one at a time, counted before it is tried, and no reply twice without a reason.
internal sealed partial class Oracle
{
    public AttemptModel AttemptBegan(ReplyRequest request, ServerProcess process)
    {
        world.Timeline.Note("bot", "began " + request.BatchId, "attempt " + request.Attempt);
        var model = _conversations[request.ConversationId];
        foreach (var other in model.Attempts)
        {
            if (other.EndedAt is null && !other.Process.IsDead)
                Violated("one-at-a-time", $"Attempt {request.Attempt} of {request.BatchId} began while attempt {other.Number} of {other.BatchId} runs.");
        }

        var durable = model.Durable.Batches.Find(batch => batch.Id == request.BatchId);
        if (durable is null || durable.Attempts != request.Attempt || durable.AttemptStartedAt is null)
            Violated("attempt-written-first", $"Attempt {request.Attempt} of {request.BatchId} is tried and not on the disk.");
        else if (durable != model.Durable.Batches[0])
            Violated("one-at-a-time", $"{request.BatchId} is answered and is not the first.");
        var attempt = new AttemptModel(request.ConversationId, request.BatchId, request.Attempt, process) { BeganAt = Now };
        model.Attempts.RemoveAll(other => other.EndedAt < Now - TimeSpan.FromMinutes(10));
        model.Attempts.Add(attempt);
        return attempt;
    }

    public void AttemptEnded(AttemptModel attempt, bool isOk)
    {
        attempt.EndedAt = Now;
        attempt.IsOk = isOk;
        world.Timeline.Note("bot", "ended " + attempt.BatchId, isOk ? "well" : "badly");
    }

    public void SendBegan(SendRequest request)
    {
        var model = _conversations[request.ConversationId];
        world.Timeline.Note("send", request.MessageId, "attempt " + request.Attempt);
        var send = Send(model, request.MessageId);
        if (send.IsDone) return;
        var durable = model.Durable.Outgoing.FirstOrDefault();
        if (durable is null || durable.Record.Id != request.MessageId || durable.Attempts != request.Attempt || durable.AttemptStartedAt is null)
            Violated("attempt-written-first", $"Message {request.MessageId} is sent (attempt {request.Attempt}) and that is not on the disk.");
        if (send.LastAttempt > 0 && send.Accepted == 0 && request.Attempt > send.LastAttempt) world.Coverage.Count(Branch.SentOnRetry);
        send.LastAttempt = request.Attempt;
        send.LastAttemptBeganAt = Now;
    }

    public void Accepted(SendRequest request)
    {
        var model = _conversations[request.ConversationId];
        var send = Send(model, request.MessageId);
        if (send.Accepted > 0)
        {
            world.Coverage.Count(Branch.SentAgainAfterCrash);
            if (model.DisturbedAt < send.AcceptedAttemptBeganAt)
                Violated("reply-once", $"Message {request.MessageId} reached the customer twice, and no crash or failure came between.");
        }

        send.Accepted++;
        send.AcceptedAttemptBeganAt = send.LastAttemptBeganAt;
    }

    private static SendModel Send(ConversationModel model, string messageId)
    {
        if (!model.Sends.TryGetValue(messageId, out var send)) model.Sends.Add(messageId, send = new SendModel());
        return send;
    }

    private void CheckSends(ConversationModel model, ConversationState state)
    {
        foreach (var message in state.Outgoing)
        {
            var send = Send(model, message.Record.Id);
            if (send.IsDone) Violated("send-once", $"Message {message.Record.Id} had gone and waits again.");
            if (message.Attempts > 4) Violated("retries-bounded", $"Message {message.Record.Id} is in attempt {message.Attempts}.");
            if (message.Record.BatchId is not { } batchId) continue;
            var batch = Model(model, batchId);
            if (batch.Replies.Add(message.Record.Id) && batch.Replies.Count > 1 + batch.Replays)
                Violated("reply-once", $"Batch {batchId} of {model.Contact.Name} got a second reply.");
        }

        foreach (var gone in model.Durable.Outgoing.Where(before => state.Outgoing.TrueForAll(message => message.Record.Id != before.Record.Id)))
        {
            Send(model, gone.Record.Id).IsDone = true;
            if (state.Doubtful.Exists(message => message.Record.Id == gone.Record.Id)) world.Coverage.Count(Branch.PutInDoubt);
        }

        foreach (var settled in model.Durable.Doubtful.Where(before => state.Doubtful.TrueForAll(message => message.Record.Id != before.Record.Id)))
            world.Coverage.Count(model.Contact.Instance == World.Cloud ? Branch.SettledByStatus : Branch.SettledByEcho);
    }

    // An answer that was made, in a process that lives, must not be waited for until its time is over.
    private void CheckAnswerArrived(ConversationModel model, BatchRecord batch)
    {
        if (batch.Error?.StartsWith("No answer within", StringComparison.Ordinal) != true) return;
        var attempt = model.Attempts.FindLast(one => one.BatchId == batch.Id && one.Number == batch.Attempts && !one.Process.IsDead);
        if (attempt is not { IsOk: true, EndedAt: { } endedAt }) return;
        if (Later(model.DisturbedAt, endedAt) + TimeSpan.FromSeconds(20) < Now)
            Violated("answer-arrives", $"The answer of attempt {batch.Attempts} of {batch.Id} was made {(Now - endedAt).TotalSeconds} s ago and never arrived.");
    }
}
