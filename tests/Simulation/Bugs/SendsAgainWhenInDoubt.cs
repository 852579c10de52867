using Waqtor.Conversations;
using Waqtor.Sending;

namespace Waqtor.Simulation.Bugs;

/// <summary>An answer that was lost is taken for a message that was not sent.</summary>
internal sealed class SendsAgainWhenInDoubt : PlantedBug
{
    public override SendResult OnSent(SendResult result) =>
        result.Outcome == SendOutcome.Ambiguous ? result with { Outcome = SendOutcome.Retry } : result;
}
