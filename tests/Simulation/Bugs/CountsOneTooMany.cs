using Waqtor.Conversations;
using Waqtor.Simulation.Running;

namespace Waqtor.Simulation.Bugs;

/// <summary>A burst ends with the message after the last one that it may hold.</summary>
internal sealed class CountsOneTooMany : PlantedBug
{
    public override Task? OnCall(IIncomingGrainCallContext call, World world)
    {
        if (call.MethodName == nameof(IConversationGrain.ReceiveAsync) && call.Request.GetArgument(0) is ReceiveMessages command)
            call.Request.SetArgument(0, command with { Buffer = command.Buffer with { Messages = command.Buffer.Messages + 1 } });
        return null;
    }
}
