using System.ComponentModel.DataAnnotations;

namespace Waqtor.Api.Access;

/// <summary>How keys are checked.</summary>
public sealed class KeyCheckOptions
{
    public const string Section = "Keys";

    /// <summary>Wrong keys from one address in a minute before it is refused (429), 1 to 10,000. Default: 30.</summary>
    [Range(1, 10_000)]
    public int FailuresPerMinute { get; set; } = 30;

    /// <summary>Seconds a checked key is remembered by a node: how late a revocation may be seen. 1 to 10. Default: 2.</summary>
    [Range(1, 10)]
    public int KeyCacheSeconds { get; set; } = 2;

    /// <summary>Minutes after which a browser's session ends, 1 to 43,200 (30 days). Default: 720.</summary>
    [Range(1, 43_200)]
    public int SessionMinutes { get; set; } = 720;

    /// <summary>Checked keys remembered at once, 100 to 1,000,000. Default: 10,000.</summary>
    [Range(100, 1_000_000)]
    public int KeyCacheEntriesMax { get; set; } = 10_000;
}
