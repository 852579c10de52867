using Waqtor.Conversations;

namespace Waqtor.Simulation.Bugs;

/// <summary>What came during a pause is answered when the pause ends first.</summary>
internal sealed class AnswersAfterAPause : PlantedBug
{
    public override void BeforeWrite(ConversationState state)
    {
        if (state.Buffer is { } buffer) buffer.Silence = null;
        foreach (var batch in state.Batches) batch.Silence = null;
    }
}
