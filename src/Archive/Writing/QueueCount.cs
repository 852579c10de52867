using Waqtor.Conversations;

namespace Waqtor.Archive;

/// <summary>What a batch, or a change of one, adds to its instance's counters.</summary>
internal readonly record struct QueueCount(long Processed, long Retried)
{
    public static QueueCount Of(BatchRecord batch) => Of(batch.Status, batch.Attempts);

    public static QueueCount Of(StoredBatch? batch) => batch is { } known ? Of(known.Status, known.Attempts) : default;

    public static QueueCount operator +(QueueCount a, QueueCount b) => new(a.Processed + b.Processed, a.Retried + b.Retried);

    public static QueueCount operator -(QueueCount a, QueueCount b) => new(a.Processed - b.Processed, a.Retried - b.Retried);

    private static QueueCount Of(BatchStatus status, long attempts) =>
        new(status == BatchStatus.Completed ? 1 : 0, Math.Max(attempts - 1, 0));
}
