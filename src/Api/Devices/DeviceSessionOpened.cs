namespace Waqtor.Api.Devices;

/// <summary>An open session and a token for it. <see cref="Token"/> is for the device and shown once.</summary>
public sealed record DeviceSessionOpened(
    string SessionId, string Instance, string DeviceId, string ConversationId, string? Token, DateTimeOffset ExpiresAt, long LastSequence);
