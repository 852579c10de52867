using Waqtor.Conversations;

namespace Waqtor.Simulation.Bugs;

/// <summary>A pause lives in memory only.</summary>
internal sealed class ForgetsThePause : PlantedBug
{
    public override bool Distorts => true;

    public override void Distort(ConversationState stored) => stored.Pause = null;
}
