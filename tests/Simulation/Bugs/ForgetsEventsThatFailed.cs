using Waqtor.Events;
using Waqtor.Simulation.Running;

namespace Waqtor.Simulation.Bugs;

/// <summary>A router that cannot tell an event says that it did.</summary>
internal sealed class ForgetsEventsThatFailed : PlantedBug
{
    public override Task? OnCall(IIncomingGrainCallContext call, World world) =>
        call.MethodName == nameof(IEventRouterGrain.RouteAsync) ? TellOnceAsync(call) : null;

    private static async Task TellOnceAsync(IIncomingGrainCallContext call)
    {
        try
        {
            await call.Invoke();
        }
        catch (Exception)
        {
            // At most once: the mistake.
        }
    }
}
