using System.Text.Json.Serialization;

namespace Waqtor.Devices;

/// <summary>What became of a device's message.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<DeviceAcceptOutcome>))]
public enum DeviceAcceptOutcome
{
    /// <summary>It is in the conversation.</summary>
    Stored = 0,
    /// <summary>It was there already; nothing changed.</summary>
    Duplicate = 1,
    /// <summary>A later message of the session is stored already, so this one cannot keep its place.</summary>
    OutOfOrder = 2,
    /// <summary>The session is closed or unknown.</summary>
    Closed = 3,
}
