namespace Waqtor.Simulation.Bugs;

/// <summary>After a write that failed the state is not read again.</summary>
internal sealed class TrustsItsMemory : PlantedBug
{
    public override bool SkipsReadAgain => true;
}
