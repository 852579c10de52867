using EmbeddedOrleans.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;

namespace EmbeddedOrleans.Reminders;

/// <summary>What grains call: checks, writes, and only then changes the schedule.</summary>
internal sealed class ReminderRegistry(ReminderService service, TimeProvider clock, IOptions<ReminderOptions> options)
{
    public static ReminderRegistry Of(IGrainBase grain)
    {
        ArgumentNullException.ThrowIfNull(grain);
        return grain is IRemindable
            ? grain.GrainContext.ActivationServices.GetRequiredService<ReminderRegistry>()
            : throw new InvalidOperationException(
                $"{grain.GetType()} must implement {nameof(IRemindable)} to have reminders.");
    }

    public async Task<IGrainReminder> RegisterOrUpdateAsync(
        IGrainBase grain, string name, TimeSpan dueTime, TimeSpan period)
    {
        Check(name, dueTime, period);
        var grainId = grain.GrainContext.GrainId;
        var now = clock.GetUtcNow().UtcDateTime;
        var stored = new StoredReminder(grainId, name, now + dueTime, period, now);
        await service.Store.WriteReminderAsync(stored);
        service.Schedule.Put(new Reminder(stored));
        service.Wake();
        return new GrainReminder(grainId, name);
    }

    public async Task UnregisterAsync(IGrainBase grain, IGrainReminder reminder)
    {
        ArgumentNullException.ThrowIfNull(reminder);
        var grainId = grain.GrainContext.GrainId;
        await service.Store.DeleteReminderAsync(grainId, reminder.ReminderName);
        service.Schedule.Remove(grainId, reminder.ReminderName);
    }

    public Task<IGrainReminder?> GetAsync(IGrainBase grain, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var grainId = grain.GrainContext.GrainId;
        var isThere = service.Schedule.Find(grainId).Any(r => r.Stored.Name == name);
        return Task.FromResult<IGrainReminder?>(isThere ? new GrainReminder(grainId, name) : null);
    }

    public Task<List<IGrainReminder>> GetAllAsync(IGrainBase grain)
    {
        var grainId = grain.GrainContext.GrainId;
        var found = service.Schedule.Find(grainId)
            .Select(r => (IGrainReminder)new GrainReminder(grainId, r.Stored.Name));
        return Task.FromResult(found.ToList());
    }

    private void Check(string name, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dueTime, DateTime.MaxValue - clock.GetUtcNow().UtcDateTime);
        if (period < options.Value.MinimumReminderPeriod)
        {
            throw new ArgumentException(
                $"The period {period} is shorter than {nameof(ReminderOptions.MinimumReminderPeriod)}, "
                + $"which is {options.Value.MinimumReminderPeriod}.");
        }
    }
}
