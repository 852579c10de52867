using Waqtor.Simulation.Disk;

namespace Waqtor.Simulation.Bugs;

/// <summary>Reminders of conversations live in memory only.</summary>
internal sealed class StoresNoReminder : PlantedBug
{
    public override Task<string>? OnWrite(DiskWrite write, Func<Task<string>> next) =>
        write.Label == "reminder conversation/work" ? Task.FromResult("") : null;
}
