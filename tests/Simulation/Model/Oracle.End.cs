using Waqtor.Conversations;

namespace Waqtor.Simulation.Model;

// When the faults are over and time has passed: nothing may be left over.
internal sealed partial class Oracle
{
    /// <summary>Nothing waits for anything that time alone would bring.</summary>
    public bool IsAtRest() => _conversations.Values.All(model => IsAtRest(model.Durable)) && _lines.Values.All(line => line.Archived == line.Order.Count);

    public void JudgeTheEnd()
    {
        if (world.FrontDoor.Open > 0) Violated("drained", $"{world.FrontDoor.Open} deliveries are still not acknowledged: {world.FrontDoor.OpenNames}.");
        foreach (var model in _conversations.Values)
        {
            var state = model.Durable;
            if (!IsAtRest(state))
            {
                Violated("drained", $"{model.Contact.Name} still has work: buffer {state.Buffer?.Id}, {state.Batches.Count} batches, {state.Outgoing.Count} messages to send.");
                continue;
            }

            foreach (var message in model.Messages.Values)
            {
                if (message.FirstDeliveredAt is null) continue;
                if (message.BatchId is null || !model.Batches.TryGetValue(message.BatchId, out var batch))
                    Violated("drained", $"Message {message.ProviderMessageId} of {model.Contact.Name} is in no batch.");
                else if (!batch.IsDone && !batch.IsDead)
                    Violated("drained", $"Batch {batch.Id} of {model.Contact.Name} neither ended nor was given up.");
                else if (message.Id is { } id && !batch.MessageIds.Contains(id))
                    Violated("one-batch", $"Message {message.ProviderMessageId} of {model.Contact.Name} is not in its batch.");
            }
        }

        foreach (var (grain, line) in _lines)
        {
            if (line.Archived < line.Order.Count) Violated("events-all-told", $"{line.Order.Count - line.Archived} events of {grain} never reached the archive.");
        }
    }

    private static bool IsAtRest(ConversationState state) =>
        state is { Buffer: null, Batches.Count: 0, Outgoing.Count: 0 };
}
