using Waqtor.Conversations;

namespace Waqtor.Simulation.Bugs;

/// <summary>An attempt to send is not stored before it is made.</summary>
internal sealed class WritesTheSendAfterwards : PlantedBug
{
    public override bool Distorts => true;

    public override void Distort(ConversationState stored)
    {
        foreach (var message in stored.Outgoing) message.AttemptStartedAt = null;
    }
}
