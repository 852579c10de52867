namespace Waqtor.Api.Lists;

/// <summary>
/// The archive follows the grains by milliseconds. A client that asks for what it was just told of should find it, so a
/// read that misses is repeated for a short while.
/// </summary>
internal static class ArchiveLag
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(25);

    /// <summary>The first answer that is good, or the last one.</summary>
    public static async Task<T> WaitAsync<T>(Func<Task<T>> read, Func<T, bool> good, TimeProvider clock, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        while (true)
        {
            var found = await read();
            if (good(found) || clock.GetElapsedTime(started) >= Patience) return found;
            await Task.Delay(Step, clock, cancellationToken);
        }
    }
}
