using System.ComponentModel.DataAnnotations;

namespace Waqtor.Api.Spooling;

/// <summary>The file that takes deliveries while the store is down.</summary>
public sealed class SpoolOptions
{
    public const string Section = "Spool";

    /// <summary>
    /// Whether deliveries are taken into a file of this node while the store is down. No: they are refused with 503, and the
    /// provider sends them again. Choose no on a cluster whose nodes may vanish with their disks, or where deliveries of
    /// one conversation may come in by several nodes: each node knows its own file only. Default: yes.
    /// </summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Bytes of all spool files, 1,048,576 to 1,099,511,627,776. Beyond it the answer is 503. Default: 1,073,741,824.</summary>
    [Range(1_048_576L, 1_099_511_627_776L)]
    public long BytesMax { get; set; } = 1_073_741_824;

    /// <summary>Bytes after which a new file is begun, 65,536 to 1,073,741,824. Default: 67,108,864.</summary>
    [Range(65_536L, 1_073_741_824L)]
    public long SegmentBytesMax { get; set; } = 67_108_864;

    /// <summary>Deliveries waiting for the next sync, 1 to 100,000. Beyond it the answer is 503. Default: 2,048.</summary>
    [Range(1, 100_000)]
    public int WaitingMax { get; set; } = 2_048;

    /// <summary>Conversations whose deliveries are stored at once when the store is back, 1 to 10,000. Default: 128.</summary>
    [Range(1, 10_000)]
    public int ReplayMax { get; set; } = 128;

    /// <summary>Tries of one delivery before it is parked although the store works, 1 to 100. Default: 5.</summary>
    [Range(1, 100)]
    public int TriesMax { get; set; } = 5;

    /// <summary>Milliseconds to wait after a failed replay, doubled each time up to 5 s. 10 to 5,000. Default: 250.</summary>
    [Range(10, 5_000)]
    public int BackoffMilliseconds { get; set; } = 250;
}
