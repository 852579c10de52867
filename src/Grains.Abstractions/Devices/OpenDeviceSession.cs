namespace Waqtor.Devices;

/// <summary>A device is let in by its operator.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.open-device-session")]
public sealed record OpenDeviceSession
{
    [Id(0)] public required string InstanceId { get; init; }
    /// <summary>The instance's name.</summary>
    [Id(1)] public required string Instance { get; init; }
    /// <summary>The operator's own name for the device or its user.</summary>
    [Id(2)] public required string DeviceId { get; init; }
    /// <summary>What the contact is called; null keeps the last one.</summary>
    [Id(3)] public string? Name { get; init; }
}
