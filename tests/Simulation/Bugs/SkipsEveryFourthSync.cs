using Waqtor.Simulation.Disk;

namespace Waqtor.Simulation.Bugs;

/// <summary>Now and then a group is not synced, and nobody notices until the power goes.</summary>
internal sealed class SkipsEveryFourthSync : PlantedBug
{
    private int _groups;

    public override bool SkipsSync(IReadOnlyList<DiskWrite> group) => ++_groups % 4 == 0;
}
