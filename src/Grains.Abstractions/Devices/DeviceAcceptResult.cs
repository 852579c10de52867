namespace Waqtor.Devices;

/// <summary>The answer to an <see cref="AcceptDeviceMessage"/>.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.device-accept-result")]
public sealed record DeviceAcceptResult(
    [property: Id(0)] DeviceAcceptOutcome Outcome,
    [property: Id(1)] string ConversationId,
    /// <summary>The place of the last message taken in.</summary>
    [property: Id(2)] long LastSequence);
