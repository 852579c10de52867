namespace EmbeddedOrleans.Tests.Timers;

internal interface ITimerGrain : IGrainWithStringKey
{
    Task StartAsync(TimeSpan dueTime, TimeSpan period, string kind = "plain");

    Task ChangeAsync(TimeSpan dueTime, TimeSpan period);

    Task StopAsync();

    Task PassAsync(string gate);
}
