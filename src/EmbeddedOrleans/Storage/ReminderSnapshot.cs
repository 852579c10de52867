namespace EmbeddedOrleans.Storage;

/// <summary>All reminders, and up to when their ticks are known to have been delivered (null: not known).</summary>
public sealed record ReminderSnapshot(IReadOnlyList<StoredReminder> Reminders, DateTime? DeliveredUpTo);
