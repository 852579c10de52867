using Waqtor.Archive;
using Waqtor.Conversations;
using Waqtor.Events;
using Waqtor.Messages;
using Waqtor.Sending;
using Waqtor.Simulation.Faults;

namespace Waqtor.Simulation.Running;

/// <summary>
/// Sees every call between grains. On a cluster a call can be lost, or be done while its answer is lost; the grains must
/// bear that also where one process makes it impossible.
/// </summary>
internal sealed class CallWitness(World world, ServerProcess process) : IIncomingGrainCallFilter
{
    private static readonly HashSet<Type> CanBeLost =
    [
        typeof(IConversationGrain), typeof(IOutboundGrain), typeof(IReplyGrain), typeof(ISenderGrain),
        typeof(IEventRouterGrain), typeof(IArchiveGrain), typeof(IMessageStatusGrain),
    ];

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        var canBeLost = CanBeLost.Contains(context.InterfaceMethod.DeclaringType!);
        var place = canBeLost ? $"{context.InterfaceName}.{context.MethodName}" : "";
        if (canBeLost && world.Faults.Strikes(FaultKind.CallLost, place))
        {
            world.Oracle.CallLost(context);
            throw new TimeoutException("The simulated call was lost.");
        }

        await (world.Bug.OnCall(context, world) ?? context.Invoke());
        if (process.IsDead) return;
        world.Oracle.CallEnded(context);
        if (!canBeLost || !world.Faults.Strikes(FaultKind.AnswerLost, place)) return;
        world.Oracle.CallLost(context);
        throw new TimeoutException("The simulated answer was lost.");
    }
}
