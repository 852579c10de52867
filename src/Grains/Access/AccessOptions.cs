using System.ComponentModel.DataAnnotations;

namespace Waqtor.Access;

/// <summary>Limits of keys and of idempotent writes: section <c>Waqtor:Access</c>.</summary>
public sealed class AccessOptions
{
    public const string Section = "Access";

    /// <summary>API keys of this server; the oldest revoked ones make room. Default: 1,000.</summary>
    [Range(1, 100_000)]
    public int ApiKeysMax { get; set; } = 1_000;

    /// <summary>Hours the answer to a write with an <c>Idempotency-Key</c> is kept. Default: 24.</summary>
    [Range(1, 24 * 30)]
    public int IdempotencyHours { get; set; } = 24;

    /// <summary>
    /// Seconds after which a write that was begun and never ended is taken to have died with its node. Default: 60.
    /// </summary>
    [Range(1, 3_600)]
    public int IdempotencyInProgressSeconds { get; set; } = 60;

    /// <summary>Bytes of an answer's body that are kept; of a longer one only the status is. Default: 262,144.</summary>
    [Range(1_024, 4 * 1_024 * 1_024)]
    public int IdempotencyBodyBytesMax { get; set; } = 256 * 1_024;
}
