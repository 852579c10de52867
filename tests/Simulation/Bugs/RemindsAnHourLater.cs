using Waqtor.Simulation.Disk;

namespace Waqtor.Simulation.Bugs;

/// <summary>The durable reminder is an hour late; the timer hides it until a restart.</summary>
internal sealed class RemindsAnHourLater : PlantedBug
{
    public override Task<string>? OnWrite(DiskWrite write, Func<Task<string>> next)
    {
        if (write.Record?.Reminder is { } reminder && write.Label == "reminder conversation/work")
            write.Record = write.Record with { Reminder = reminder with { StartAt = reminder.StartAt.AddHours(1) } };
        return null;
    }
}
