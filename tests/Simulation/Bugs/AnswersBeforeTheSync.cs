namespace Waqtor.Simulation.Bugs;

/// <summary>A write counts as done when it is written, not when it is synced.</summary>
internal sealed class AnswersBeforeTheSync : PlantedBug
{
    public override bool TellsBeforeTheSync => true;
}
