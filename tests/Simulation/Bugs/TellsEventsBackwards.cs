using System.Collections.Immutable;
using Waqtor.Archive;
using Waqtor.Events;
using Waqtor.Simulation.Running;

namespace Waqtor.Simulation.Bugs;

/// <summary>The events of one call are told last first.</summary>
internal sealed class TellsEventsBackwards : PlantedBug
{
    public override Task? OnCall(IIncomingGrainCallContext call, World world)
    {
        if (call.MethodName == nameof(IArchiveGrain.AppendAsync) && call.Request.GetArgument(0) is ImmutableArray<DomainEvent> events)
            call.Request.SetArgument(0, ImmutableArray.CreateRange(events.Reverse()));
        return null;
    }
}
