using Waqtor.Conversations;

namespace Waqtor.Simulation.Bugs;

/// <summary>Three seconds of silence end a burst.</summary>
internal sealed class FlushesOnAPause : PlantedBug
{
    public override void BeforeWrite(ConversationState state)
    {
        if (state.Buffer is { Messages: [.., var last] } buffer && last.ReceivedAt.AddSeconds(3) < buffer.DueAt) buffer.DueAt = last.ReceivedAt.AddSeconds(3);
    }
}
