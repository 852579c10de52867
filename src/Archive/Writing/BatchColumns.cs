using Waqtor.Conversations;

namespace Waqtor.Archive;

/// <summary>How a batch is laid out in its table.</summary>
internal static class BatchColumns
{
    public static long WakesAt(BatchRecord batch) => (batch.NextAttemptAt ?? batch.DueAt).ToUnixTimeMilliseconds();

    /// <summary>An attempt is under way: begun, not ended, and none is waited for.</summary>
    public static bool IsRunning(BatchRecord batch) =>
        batch is { Status: BatchStatus.Processing, Attempts: > 0, NextAttemptAt: null };
}
