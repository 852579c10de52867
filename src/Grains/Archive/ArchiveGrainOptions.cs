using System.ComponentModel.DataAnnotations;

namespace Waqtor.Archive;

/// <summary>How events are written to the archive: section <c>Waqtor:Archive</c>.</summary>
public sealed class ArchiveGrainOptions
{
    public const string Section = "Archive";

    /// <summary>Writers beside each other. Default: 4.</summary>
    [Range(1, 256)]
    public int Shards { get; set; } = 4;

    /// <summary>Events of one transaction. Default: 1,000.</summary>
    [Range(1, 100_000)]
    public int WriteEventsMax { get; set; } = 1_000;

    /// <summary>Events that wait in one writer; beyond it callers keep theirs. Default: 20,000.</summary>
    [Range(100, 10_000_000)]
    public int QueueEventsMax { get; set; } = 20_000;
}
