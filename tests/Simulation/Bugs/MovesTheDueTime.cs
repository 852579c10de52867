using Waqtor.Conversations;

namespace Waqtor.Simulation.Bugs;

/// <summary>Each further message moves the time at which the buffer is due.</summary>
internal sealed class MovesTheDueTime : PlantedBug
{
    public override void BeforeWrite(ConversationState state)
    {
        if (state.Buffer is { Messages: [var first, .., var last] } buffer) buffer.DueAt += last.ReceivedAt - first.ReceivedAt > TimeSpan.FromMilliseconds(5) ? TimeSpan.FromMilliseconds(50) : TimeSpan.Zero;
    }
}
