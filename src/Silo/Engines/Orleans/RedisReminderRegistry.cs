using Orleans.Runtime;
using Orleans.Timers;
using StackExchange.Redis;

namespace Waqtor.Silo.Engines;

/// <summary>What grains ask for reminders: straight to Redis, whoever delivers them later.</summary>
internal sealed class RedisReminderRegistry(RedisReminders reminders) : IReminderRegistry
{
    // As Orleans has it, so that no grain depends on which of the two services it has.
    private static readonly TimeSpan PeriodMin = TimeSpan.FromMinutes(1);

    public async Task<IGrainReminder> RegisterOrUpdateReminder(GrainId callingGrainId, string reminderName, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentException.ThrowIfNullOrEmpty(reminderName);
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, PeriodMin);
        return await GuardAsync(() => reminders.RegisterAsync(callingGrainId, reminderName, dueTime, period));
    }

    public Task UnregisterReminder(GrainId callingGrainId, IGrainReminder reminder) => GuardAsync(async () =>
    {
        await reminders.RemoveAsync((RedisReminder)reminder);
        return true;
    });

    public async Task<IGrainReminder?> GetReminder(GrainId callingGrainId, string reminderName) =>
        await GuardAsync(() => reminders.FindAsync(callingGrainId, reminderName));

    public async Task<List<IGrainReminder>> GetReminders(GrainId callingGrainId) =>
        [.. await GuardAsync(() => reminders.ListAsync(callingGrainId))];

    // Callers on other nodes need not know what Redis throws.
    private static async Task<T> GuardAsync<T>(Func<Task<T>> access)
    {
        try
        {
            return await access();
        }
        catch (Exception exception) when (exception is RedisException or RedisTimeoutException)
        {
            throw new OrleansException($"Redis did not take or give a reminder: {exception.Message}");
        }
    }
}
