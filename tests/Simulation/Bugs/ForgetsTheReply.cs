using Waqtor.Conversations;

namespace Waqtor.Simulation.Bugs;

/// <summary>The store does not know that a batch has its reply; after a restart it gets another.</summary>
internal sealed class ForgetsTheReply : PlantedBug
{
    public override bool Distorts => true;

    public override void Distort(ConversationState stored)
    {
        foreach (var batch in stored.Batches) batch.ReplyMessageId = null;
    }
}
