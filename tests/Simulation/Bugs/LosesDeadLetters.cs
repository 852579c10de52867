using Waqtor.Conversations;

namespace Waqtor.Simulation.Bugs;

/// <summary>Dead letters are listed, and not stored.</summary>
internal sealed class LosesDeadLetters : PlantedBug
{
    public override bool Distorts => true;

    public override void Distort(ConversationState stored) => stored.DeadLetters = [];
}
