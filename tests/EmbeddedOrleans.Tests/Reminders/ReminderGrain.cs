using System.Globalization;

namespace EmbeddedOrleans.Tests.Reminders;

/// <summary>Notes "key name @minutes" for each tick. What else a tick does is the reminder's name.</summary>
internal sealed class ReminderGrain(Gates gates, TimeProvider clock) : Grain, IReminderGrain, IRemindable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public Task RegisterAsync(string name, TimeSpan dueTime, TimeSpan period) =>
        this.RegisterOrUpdateReminder(name, dueTime, period);

    public async Task UnregisterAsync(string name)
    {
        if (await this.GetReminder(name) is { } reminder) await this.UnregisterReminder(reminder);
    }

    public async Task<bool> HasAsync(string name) => await this.GetReminder(name) is not null;

    public async Task<string> AllAsync() =>
        string.Join(',', (await this.GetReminders()).Select(r => r.ReminderName).Order(StringComparer.Ordinal));

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        var minutes = (clock.GetUtcNow() - Start).TotalMinutes;
        gates.Note(
            $"{this.GetPrimaryKeyString()} {reminderName} @{minutes.ToString("0.##", CultureInfo.InvariantCulture)}");
        switch (reminderName)
        {
            case "fail":
                throw new InvalidOperationException("tick");
            case "once":
                await UnregisterAsync(reminderName);
                break;
            case "slow":
                await Task.Delay(TimeSpan.FromMinutes(2.5), clock);
                break;
            case "again":
                await RegisterAsync(reminderName, TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(100));
                break;
        }
    }
}
