using EmbeddedOrleans.Reminders;
using Orleans.Runtime;

namespace Orleans;

/// <summary>
/// Durable timers of a grain's identity: they survive the activation and the process. Ticks stay on
/// first due time + N x period; while a tick runs, or while the process is down, later ones are not counted up.
/// </summary>
public static class GrainReminderExtensions
{
    public static Task<IGrainReminder> RegisterOrUpdateReminder(
        this Grain grain, string reminderName, TimeSpan dueTime, TimeSpan period) =>
        ReminderRegistry.Of(grain).RegisterOrUpdateAsync(grain, reminderName, dueTime, period);

    public static Task<IGrainReminder> RegisterOrUpdateReminder(
        this IGrainBase grain, string reminderName, TimeSpan dueTime, TimeSpan period) =>
        ReminderRegistry.Of(grain).RegisterOrUpdateAsync(grain, reminderName, dueTime, period);

    public static Task UnregisterReminder(this Grain grain, IGrainReminder reminder) =>
        ReminderRegistry.Of(grain).UnregisterAsync(grain, reminder);

    public static Task UnregisterReminder(this IGrainBase grain, IGrainReminder reminder) =>
        ReminderRegistry.Of(grain).UnregisterAsync(grain, reminder);

    public static Task<IGrainReminder?> GetReminder(this Grain grain, string reminderName) =>
        ReminderRegistry.Of(grain).GetAsync(grain, reminderName);

    public static Task<IGrainReminder?> GetReminder(this IGrainBase grain, string reminderName) =>
        ReminderRegistry.Of(grain).GetAsync(grain, reminderName);

    public static Task<List<IGrainReminder>> GetReminders(this Grain grain) =>
        ReminderRegistry.Of(grain).GetAllAsync(grain);

    public static Task<List<IGrainReminder>> GetReminders(this IGrainBase grain) =>
        ReminderRegistry.Of(grain).GetAllAsync(grain);
}
