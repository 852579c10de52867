using System.ComponentModel.DataAnnotations;

namespace Waqtor.Silo.Configuration;

/// <summary>The embedded store: one SQLite file for grain state and reminders. Other engines have stores of their own.</summary>
public sealed class StoreOptions
{
    public const string Section = "Store";

    /// <summary>
    /// Whether an acknowledgement waits until the disk has the write. Switching it off loses acknowledged messages at a
    /// power cut; it is there for measurements only and is warned of at start. Default: yes.
    /// </summary>
    public bool Sync { get; set; } = true;

    /// <summary>Writes that share one transaction and one sync at most, 1 to 10,000. Default: 512.</summary>
    [Range(1, 10_000)]
    public int GroupMax { get; set; } = 512;

    /// <summary>Writes that may wait; further ones fail at once, and deliveries go to the spool. 100 to 1,000,000. Default: 10,000.</summary>
    [Range(100, 1_000_000)]
    public int QueueMax { get; set; } = 10_000;

    /// <summary>Seconds a write may wait for its commit before it fails, 1 to 60. Default: 3, so that a delivery can still be spooled within its 5 s.</summary>
    [Range(1, 60)]
    public int CommitTimeoutSeconds { get; set; } = 3;

    /// <summary>Whether the file is checked for damage at start, which reads all of it. Default: yes.</summary>
    public bool CheckIntegrity { get; set; } = true;
}
