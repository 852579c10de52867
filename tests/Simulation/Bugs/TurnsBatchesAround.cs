using Waqtor.Conversations;

namespace Waqtor.Simulation.Bugs;

/// <summary>A batch holds its messages last first.</summary>
internal sealed class TurnsBatchesAround : PlantedBug
{
    public override void BeforeWrite(ConversationState state)
    {
        if (state.Batches is [.., { Messages.Count: > 1 } batch] && batch.Messages[0].Sequence < batch.Messages[^1].Sequence) batch.Messages.Reverse();
    }
}
