using System.ComponentModel.DataAnnotations;

namespace Waqtor.Devices;

/// <summary>Limits of device sessions: section <c>Waqtor:DeviceSessions</c>.</summary>
public sealed class DeviceSessionOptions
{
    public const string Section = "DeviceSessions";

    /// <summary>Events kept for a device that is away; beyond it the oldest go. Default: 500.</summary>
    [Range(10, 10_000)]
    public int EventsMax { get; set; } = 500;

    /// <summary>Days an event is kept. Default: 30.</summary>
    [Range(1, 365)]
    public int EventDays { get; set; } = 30;

    /// <summary>Message ids of one session remembered against repetition; days that are over after 9 days go anyway. Default: 20,000.</summary>
    [Range(100, 1_000_000)]
    public int SeenIdsMax { get; set; } = 20_000;

    /// <summary>Calls that may wait for an event of one session; more are answered at once. Default: 8.</summary>
    [Range(1, 1_000)]
    public int WaitersMax { get; set; } = 8;
}
