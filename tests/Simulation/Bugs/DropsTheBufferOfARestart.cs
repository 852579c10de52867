using Waqtor.Conversations;
using Waqtor.Simulation.Running;

namespace Waqtor.Simulation.Bugs;

/// <summary>A buffer that was due before the start is thrown away.</summary>
internal sealed class DropsTheBufferOfARestart : PlantedBug
{
    public override void AfterRead(ConversationState state, World world)
    {
        if (state.Buffer is { } buffer && buffer.DueAt < world.Time.Wall) state.Buffer = null;
    }
}
