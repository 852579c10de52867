using Waqtor.Conversations;

namespace Waqtor.Simulation.Bugs;

/// <summary>A buffer that was flushed stays until its batch is answered.</summary>
internal sealed class ClearsTheBufferAfterProcessing : PlantedBug
{
    public override bool Distorts => true;

    public override void Distort(ConversationState stored)
    {
        if (stored is { Buffer: null, Batches: [{ ReplyMessageId: null } batch, ..] }) stored.Buffer = batch;
    }
}
