using System.Diagnostics;

namespace Waqtor.ProcessKit;

/// <summary>Waits for a condition of another process, which can only be asked again and again.</summary>
public static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    /// <summary>Asks until <paramref name="condition"/> holds; after <paramref name="timeout"/> it fails, naming what was awaited.</summary>
    public static Task TrueAsync(string awaited, TimeSpan timeout, Func<Task<bool>> condition) =>
        TrueAsync(() => awaited, timeout, condition);

    /// <summary>As above, with a text that is made when the wait has failed and so can hold the last state seen.</summary>
    public static async Task TrueAsync(Func<string> awaited, TimeSpan timeout, Func<Task<bool>> condition)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(started) > timeout)
                throw new TimeoutException($"Waited {timeout.TotalSeconds:0.#} s in vain for: {awaited()}");
            await PauseAsync(Pause);
        }
    }

    /// <summary>Lets real time pass, where the thing under test is time itself.</summary>
    public static Task PauseAsync(TimeSpan time, CancellationToken cancellationToken = default) =>
        Task.Delay(time, TimeProvider.System, cancellationToken);
}
