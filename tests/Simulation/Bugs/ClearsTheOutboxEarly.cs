using Waqtor.Conversations;

namespace Waqtor.Simulation.Bugs;

/// <summary>Events leave the stored outbox before anybody has them.</summary>
internal sealed class ClearsTheOutboxEarly : PlantedBug
{
    public override bool Distorts => true;

    public override void Distort(ConversationState stored) => stored.Outbox = [];
}
