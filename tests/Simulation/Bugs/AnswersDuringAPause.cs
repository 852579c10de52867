using Waqtor.Conversations;

namespace Waqtor.Simulation.Bugs;

/// <summary>What ends during a pause is answered all the same.</summary>
internal sealed class AnswersDuringAPause : PlantedBug
{
    public override void BeforeWrite(ConversationState state)
    {
        if (state is not { Pause: not null, Buffer: not null }) return;
        state.Batches.Add(state.Buffer);
        state.Buffer.Attempts = 1;
        state.Buffer.AttemptStartedAt = state.Buffer.FlushedAt = state.Buffer.DueAt;
        state.Buffer = null;
    }
}
