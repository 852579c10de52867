using Waqtor.Conversations;
using Waqtor.Simulation.Running;

namespace Waqtor.Simulation.Bugs;

/// <summary>A worker whose report failed does not try again.</summary>
internal sealed class GivesUpReports : PlantedBug
{
    public override Task? OnCall(IIncomingGrainCallContext call, World world) =>
        call.MethodName == nameof(IConversationGrain.CompleteReplyAsync) ? ReportOnceAsync(call) : null;

    private static async Task ReportOnceAsync(IIncomingGrainCallContext call)
    {
        try
        {
            await call.Invoke();
        }
        catch (Exception)
        {
            // Said to be done: nobody comes again.
        }
    }
}
