using Orleans.Runtime;

namespace Waqtor.Silo.Engines;

/// <summary>
/// Calls to grains while a node starts. On a cluster that has just lost silos, a grain may still be looked for on a dead
/// one; that passes with the dead silo's declaration, and is no reason to end.
/// </summary>
internal static class UntilReachable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>The action must be harmless when it is done twice.</summary>
    public static async Task RunAsync(Func<Task> action, TimeProvider clock, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        while (true)
        {
            try
            {
                await action();
                return;
            }
            catch (Exception exception) when (IsPassing(exception) && clock.GetElapsedTime(started) < Patience)
            {
                await Task.Delay(Pause, clock, cancellationToken);
            }
        }
    }

    private static bool IsPassing(Exception exception) =>
        exception is OrleansMessageRejectionException or SiloUnavailableException or TimeoutException;
}
