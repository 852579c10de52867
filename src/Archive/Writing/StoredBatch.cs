using Waqtor.Conversations;

namespace Waqtor.Archive;

/// <summary>
/// What must be known of a stored batch to decide whether a record is newer and what it changes. The higher version
/// is newer; of two told by the same decision, the one that is further on.
/// </summary>
/// <remarks>
/// An open buffer is stored once, as it opened, under <see cref="OpenVersion"/>: nobody is shown who joined it before
/// it is a batch, its due time does not move, and it would otherwise be written with every message.
/// </remarks>
internal readonly record struct StoredBatch(long Version, BatchStatus Status, long Attempts) : IComparable<StoredBatch>
{
    /// <summary>Lower than any real version.</summary>
    public const long OpenVersion = -1;

    public static StoredBatch Of(BatchRecord batch) => new(
        batch.Status == BatchStatus.Open ? OpenVersion : batch.Version, batch.Status, batch.Attempts);

    /// <summary>What is kept of a record.</summary>
    public static BatchRecord Kept(BatchRecord batch) => batch.Status == BatchStatus.Open
        ? batch with { MessageIds = [], ProviderMessageIds = [], Version = 0 }
        : batch;

    public int CompareTo(StoredBatch other)
    {
        var version = Version.CompareTo(other.Version);
        if (version != 0) return version;
        var status = Status.CompareTo(other.Status);
        return status != 0 ? status : Attempts.CompareTo(other.Attempts);
    }
}
