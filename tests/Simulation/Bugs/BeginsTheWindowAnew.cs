using Waqtor.Conversations;
using Waqtor.Simulation.Running;

namespace Waqtor.Simulation.Bugs;

/// <summary>A restart gives an open buffer its whole time again.</summary>
internal sealed class BeginsTheWindowAnew : PlantedBug
{
    public override void AfterRead(ConversationState state, World world)
    {
        if (state.Buffer is { } buffer) buffer.DueAt = world.Time.Wall + (buffer.DueAt - buffer.OpenedAt);
    }
}
