using System.Collections.Immutable;
using Waqtor.Devices;

namespace Waqtor.Api.Devices;

/// <summary>What a device is told, oldest first.</summary>
/// <param name="Items">Events after the number asked for.</param>
/// <param name="LastEvent">The number of the session's last event.</param>
/// <param name="Missed">
/// Events in between are gone: they were too many to keep. Or the number asked for is beyond the last event, as after a session was made anew
/// or a backup brought back: then everything that is kept is told, from the first.
/// </param>
public sealed record DeviceEventsAnswer(ImmutableArray<DeviceEvent> Items, long LastEvent, bool Missed);
