namespace Waqtor.Api.Tests.Hosting;

/// <summary>Waits for something that another task brings about; the timeout says what was awaited.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(5);

    public static async Task HappensAsync(Func<bool> condition, string what)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(started) > Patience) throw new TimeoutException($"Awaited in vain: {what}.");
            await Task.Delay(Step, TimeProvider.System);
        }
    }
}
