using Waqtor.Conversations;

namespace Waqtor.Simulation.Bugs;

/// <summary>The number of an attempt is not stored.</summary>
internal sealed class ForgetsAttempts : PlantedBug
{
    public override bool Distorts => true;

    public override void Distort(ConversationState stored)
    {
        foreach (var batch in stored.Batches) batch.Attempts = Math.Min(1, batch.Attempts);
    }
}
