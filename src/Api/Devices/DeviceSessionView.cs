namespace Waqtor.Api.Devices;

/// <summary>A device's own session, as the device may know it.</summary>
public sealed record DeviceSessionView(
    string SessionId, string ConversationId, DateTimeOffset ExpiresAt, long LastSequence, long LastEvent, long AcknowledgedEvent);
