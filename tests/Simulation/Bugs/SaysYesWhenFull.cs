namespace Waqtor.Simulation.Bugs;

/// <summary>A full disk takes every write, and keeps none.</summary>
internal sealed class SaysYesWhenFull : PlantedBug
{
    public override bool TakesWritesWhenFull => true;
}
