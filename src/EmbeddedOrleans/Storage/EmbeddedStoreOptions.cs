using Orleans.Runtime;

namespace EmbeddedOrleans.Storage;

/// <summary>Options of the embedded store: one SQLite file for grain state and reminders.</summary>
public sealed class EmbeddedStoreOptions
{
    /// <summary>The database file; its folder is created when missing. No default.</summary>
    public string Path { get; set; } = "";

    /// <summary>When a write counts as durable. Default: <see cref="StoreSynchronous.Full"/>.</summary>
    public StoreSynchronous Synchronous { get; set; } = StoreSynchronous.Full;

    /// <summary>Writes that may wait; further ones fail at once. Default: 10,000.</summary>
    public int QueueMax { get; set; } = 10_000;

    /// <summary>Writes in one transaction. Default: 512.</summary>
    public int GroupMax { get; set; } = 512;

    /// <summary>How long a write may wait for its commit before it fails. Default: 10 s.</summary>
    public TimeSpan CommitTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Threads that read. Default: 2.</summary>
    public int ReaderCount { get; set; } = 2;

    /// <summary>
    /// Size of the write-ahead log at which it is copied into the file, between groups. Default: 32 MiB.
    /// </summary>
    public long CheckpointBytes { get; set; } = 32 * 1024 * 1024;

    /// <summary>Whether the file is checked for damage at start, which reads all of it. Default: yes.</summary>
    public bool CheckIntegrity { get; set; } = true;

    internal void Validate()
    {
        if (string.IsNullOrWhiteSpace(Path)) throw Refuse(nameof(Path), "must be set");
        if (QueueMax < 1) throw Refuse(nameof(QueueMax), "must be at least 1");
        if (GroupMax < 1) throw Refuse(nameof(GroupMax), "must be at least 1");
        if (ReaderCount < 1) throw Refuse(nameof(ReaderCount), "must be at least 1");
        if (CommitTimeout <= TimeSpan.Zero) throw Refuse(nameof(CommitTimeout), "must be positive");
        if (CheckpointBytes < 64 * 1024) throw Refuse(nameof(CheckpointBytes), "must be at least 65536");
    }

    private static OrleansConfigurationException Refuse(string option, string rule) =>
        new($"{nameof(EmbeddedStoreOptions)}.{option} {rule}.");
}
