using Waqtor.Conversations;

namespace Waqtor.Simulation.Bugs;

/// <summary>The dedupe memory is not part of what is written.</summary>
internal sealed class RemembersIdsInMemoryOnly : PlantedBug
{
    public override bool Distorts => true;

    public override void Distort(ConversationState stored) => stored.Seen = new SeenMessageIds();
}
