using Orleans.Runtime;
using Orleans.Timers;

namespace Waqtor.TestKit.Engines;

/// <summary>Reminders as seen by silos: once they are dead, nothing of theirs gets through any more.</summary>
internal sealed class LivingReminders(SharedReminders reminders, ClusterLife life, Func<bool>? fail) : IReminderRegistry
{
    private static readonly TimeSpan PeriodMin = TimeSpan.FromMinutes(1);

    public async Task<IGrainReminder> RegisterOrUpdateReminder(GrainId callingGrainId, string reminderName, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, PeriodMin);
        return await CountedAsync(() =>
        {
            ThrowIfAsked();
            return reminders.Register(callingGrainId, reminderName, dueTime, period);
        });
    }

    public Task UnregisterReminder(GrainId callingGrainId, IGrainReminder reminder) => CountedAsync(() =>
    {
        ThrowIfAsked();
        reminders.Remove((SharedReminder)reminder);
        return true;
    });

    public async Task<IGrainReminder?> GetReminder(GrainId callingGrainId, string reminderName) =>
        await CountedAsync(() => reminders.Find(callingGrainId, reminderName));

    public Task<List<IGrainReminder>> GetReminders(GrainId callingGrainId) => CountedAsync(() => reminders.List(callingGrainId));

    private void ThrowIfAsked()
    {
        if (fail?.Invoke() == true) throw new IOException("The store of the reminders fails, as the test asked.");
    }

    private async Task<T> CountedAsync<T>(Func<T> access)
    {
        if (life.IsOver) throw new SiloUnavailableException("The silo was killed by the test.");
        life.Begin();
        try
        {
            // A real store answers later.
            await Task.Yield();
            return access();
        }
        finally
        {
            life.Finish();
        }
    }
}
