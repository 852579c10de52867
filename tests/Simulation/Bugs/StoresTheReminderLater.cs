namespace Waqtor.Simulation.Bugs;

/// <summary>A reminder is reported as stored, and stored three seconds later.</summary>
internal sealed class StoresTheReminderLater : PlantedBug
{
    public override TimeSpan ReminderDelay => TimeSpan.FromSeconds(3);
}
