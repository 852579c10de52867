using System.ComponentModel.DataAnnotations;

namespace Waqtor.Silo.Configuration;

/// <summary>Many machines. Needs a build with <c>Engine=Orleans</c>; the embedded engine is alone and ignores it.</summary>
public sealed class ClusterOptions
{
    public const string Section = "Cluster";

    /// <summary>Redis for clustering, grain state and reminders. Default: none, one silo with its state in memory.</summary>
    public string? RedisConnectionString { get; set; }

    /// <summary>Silos with the same id form one cluster. Default: <c>waqtor</c>.</summary>
    [Required, MinLength(1)]
    public string ClusterId { get; set; } = "waqtor";

    /// <summary>Name under which state is kept; must never change. Default: <c>waqtor</c>.</summary>
    [Required, MinLength(1)]
    public string ServiceId { get; set; } = "waqtor";

    /// <summary>Port for the other silos, 1 to 65535. Default: 11111.</summary>
    [Range(1, 65_535)]
    public int SiloPort { get; set; } = 11_111;

    /// <summary>Port for clients of the cluster, 1 to 65535. Default: 30000.</summary>
    [Range(1, 65_535)]
    public int GatewayPort { get; set; } = 30_000;
}
