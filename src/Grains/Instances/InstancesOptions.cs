using System.ComponentModel.DataAnnotations;

namespace Waqtor.Instances;

/// <summary>Limits of instances: section <c>Waqtor:Instances</c>.</summary>
public sealed class InstancesOptions
{
    public const string Section = "Instances";

    /// <summary>Instances of this server. Default: 1,000.</summary>
    [Range(1, 100_000)]
    public int InstancesMax { get; set; } = 1_000;

    /// <summary>Events of an instance that wait for the archive; beyond it, session updates are refused. Default: 1,000.</summary>
    [Range(10, 100_000)]
    public int OutboxEventsMax { get; set; } = 1_000;

    /// <summary>Notices of an instance that are remembered to drop repeated ones. Default: 200.</summary>
    [Range(1, 10_000)]
    public int NoticesRemembered { get; set; } = 200;
}
