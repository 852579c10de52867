using Waqtor.Simulation.Running;

namespace Waqtor.Simulation.Bugs;

/// <summary>What passes is measured by the clock on the wall.</summary>
internal sealed class TakesTheWallClock : PlantedBug
{
    public override TimeSpan? Timestamp(World world) => world.Time.Now + world.Time.WallShift;
}
