using Waqtor.Conversations;
using Waqtor.Simulation.Running;

namespace Waqtor.Simulation.Bugs;

/// <summary>A message counts as seen from the moment it comes, also when storing it failed.</summary>
internal sealed class RemembersIdsBeforeTheWrite : PlantedBug
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    public override Task? OnCall(IIncomingGrainCallContext call, World world)
    {
        if (call.MethodName != nameof(IConversationGrain.ReceiveAsync) || call.Request.GetArgument(0) is not ReceiveMessages command) return null;
        var isNew = false;
        foreach (var message in command.Messages) isNew |= _seen.Add(message.ProviderMessageId);
        if (isNew) return null;
        call.Result = new ReceiveResult(0, command.Messages.Length);
        return Task.CompletedTask;
    }
}
