namespace Waqtor.Simulation.Bugs;

/// <summary>A worker does not end when its time is over.</summary>
internal sealed class LetsWorkersRunOn : PlantedBug
{
    public override bool BotIgnoresItsTime => true;
}
