namespace EngineBench;

public interface IBenchReminderGrain : IGrainWithStringKey
{
    Task RegisterAsync(TimeSpan dueTime);
}

public sealed class BenchReminderGrain : Grain, IBenchReminderGrain, IRemindable
{
    internal static int Delivered;

    public Task RegisterAsync(TimeSpan dueTime) =>
        this.RegisterOrUpdateReminder("bench", dueTime, TimeSpan.FromDays(1));

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        Interlocked.Increment(ref Delivered);
        return Task.CompletedTask;
    }
}
