using System.ComponentModel.DataAnnotations;

namespace Waqtor.Silo.Configuration;

/// <summary>Many machines. Needs a build with <c>Engine=Orleans</c>; the embedded engine is alone and ignores it.</summary>
public sealed class ClusterOptions
{
    public const string Section = "Cluster";

    /// <summary>
    /// Redis (6.2 or later) for clustering, grain state and reminders, as StackExchange.Redis writes it. Default: none:
    /// one silo that keeps its state in memory and loses it when it stops, for development only.
    /// </summary>
    public string? RedisConnectionString { get; set; }

    /// <summary>
    /// A text of 16 characters or more that all nodes share. It encrypts the keys that protect stored credentials, which
    /// lie in the same Redis. Needed with Redis; whoever changes it makes stored credentials unreadable. Default: none.
    /// </summary>
    [MinLength(16)]
    public string? Secret { get; set; }

    /// <summary>Silos with the same id form one cluster. Default: <c>waqtor</c>.</summary>
    [Required, MinLength(1)]
    public string ClusterId { get; set; } = "waqtor";

    /// <summary>Name under which state is kept; must never change. Default: <c>waqtor</c>.</summary>
    [Required, MinLength(1)]
    public string ServiceId { get; set; } = "waqtor";

    /// <summary>IP address under which the other nodes reach this one. Default: none, the machine's first one that is not loopback.</summary>
    public string? AdvertisedAddress { get; set; }

    /// <summary>Port for the other silos, 1 to 65535. Default: 11111.</summary>
    [Range(1, 65_535)]
    public int SiloPort { get; set; } = 11_111;

    /// <summary>Port for clients of the cluster, 1 to 65535. Default: 30000.</summary>
    [Range(1, 65_535)]
    public int GatewayPort { get; set; } = 30_000;

    /// <summary>
    /// Seconds within which a silo must answer another's probe, 1 to 60. Default: 3. With <see cref="ProbesMissedMax"/>
    /// it is the time until a dead silo's grains may live elsewhere, about 9 s; shorter, and a busy silo may be taken for dead.
    /// </summary>
    [Range(1, 60)]
    public int ProbeSeconds { get; set; } = 3;

    /// <summary>Probes that a silo may leave unanswered before others declare it dead, 1 to 20. Default: 3.</summary>
    [Range(1, 20)]
    public int ProbesMissedMax { get; set; } = 3;

    /// <summary>
    /// Seconds from one sign of life in Redis to the next, 1 to 60; three missing ones let a cluster that died as a whole
    /// start again without its dead. Default: 5.
    /// </summary>
    [Range(1, 60)]
    public int HeartbeatSeconds { get; set; } = 5;

    /// <summary>
    /// Milliseconds from one look for due reminders to the next, 100 to 60,000. Timers are what is prompt; this is how
    /// late what a dead silo left is taken up, beyond the time until it is declared dead. Default: 1,000.
    /// </summary>
    [Range(100, 60_000)]
    public int ReminderPollMilliseconds { get; set; } = 1_000;
}
