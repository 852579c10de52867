using Orleans.Runtime;

namespace EmbeddedOrleans.Storage;

/// <summary>Keeps reminders. The same promises as <see cref="IStateStore"/>.</summary>
public interface IReminderStore
{
    ValueTask<ReminderSnapshot> ReadRemindersAsync(CancellationToken cancellationToken);

    /// <summary>Adds the reminder or replaces the one of the same grain and name.</summary>
    ValueTask WriteReminderAsync(StoredReminder reminder);

    ValueTask DeleteReminderAsync(GrainId grainId, string reminderName);

    /// <summary>Remembers that every tick due up to this time has been delivered.</summary>
    ValueTask WriteDeliveredUpToAsync(DateTime time);
}
