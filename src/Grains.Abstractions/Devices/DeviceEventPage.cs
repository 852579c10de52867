using System.Collections.Immutable;

namespace Waqtor.Devices;

/// <summary>Events of a session after a number.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.device-event-page")]
public sealed record DeviceEventPage(
    [property: Id(0)] ImmutableArray<DeviceEvent> Events,
    /// <summary>The number of the session's last event.</summary>
    [property: Id(1)] long LastNumber,
    /// <summary>Events between the number asked for and the first one here are gone: they were too many to keep. Or that number is beyond the last event, and here is everything.</summary>
    [property: Id(2)] bool Missed);
