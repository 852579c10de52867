namespace Waqtor.Api.Devices;

/// <summary>A device to let in.</summary>
/// <param name="Instance">The instance it talks to.</param>
/// <param name="DeviceId">The operator's own name for the device or its user, 1 to 200 characters; the same one finds the same conversation. None: a new one is made.</param>
/// <param name="Name">What the contact is called, at most 100 characters.</param>
/// <param name="ExpiresInSeconds">Life of the token, from 60. Default: 3,600.</param>
public sealed record DeviceSessionRequest(string? Instance, string? DeviceId, string? Name, int? ExpiresInSeconds);
