namespace EmbeddedOrleans.Tests.Reminders;

internal interface IReminderGrain : IGrainWithStringKey
{
    Task RegisterAsync(string name, TimeSpan dueTime, TimeSpan period);

    Task UnregisterAsync(string name);

    Task<bool> HasAsync(string name);

    Task<string> AllAsync();
}
