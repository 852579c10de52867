using Waqtor.Conversations;

namespace Waqtor.Simulation.Bugs;

/// <summary>An attempt is stored when it has ended, not before it is made.</summary>
internal sealed class WritesTheAttemptAfterwards : PlantedBug
{
    public override bool Distorts => true;

    public override void Distort(ConversationState stored)
    {
        foreach (var batch in stored.Batches) batch.AttemptStartedAt = null;
    }
}
