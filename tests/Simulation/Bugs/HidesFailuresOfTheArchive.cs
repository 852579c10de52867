namespace Waqtor.Simulation.Bugs;

/// <summary>The archive swallows a transaction that failed.</summary>
internal sealed class HidesFailuresOfTheArchive : PlantedBug
{
    public override bool ArchiveHidesItsFailures => true;
}
