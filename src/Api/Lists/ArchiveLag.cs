namespace Waqtor.Api.Lists;

/// <summary>
/// The archive follows the grains by milliseconds. A client that asks for what it was just told of should find it, so a
/// read that misses is repeated for a short while.
/// </summary>
internal static class ArchiveLag
{
    // Counted, not timed: on a busy server, where the archive is late, reads are slow too and none may be the last by that.
    private const int ReadsMax = 10;
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(25);

    /// <summary>The first answer that is good, or the last of ten, 25 ms apart.</summary>
    public static async Task<T> WaitAsync<T>(Func<Task<T>> read, Func<T, bool> good, TimeProvider clock, CancellationToken cancellationToken)
    {
        var found = await read();
        for (var reads = 1; reads < ReadsMax && !good(found); reads++)
        {
            await Task.Delay(Step, clock, cancellationToken);
            found = await read();
        }

        return found;
    }
}
