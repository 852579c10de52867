namespace Waqtor.Messages;

/// <summary>Why a message failed, in the provider's words.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.message-error")]
public sealed record MessageError(
    [property: Id(0)] string? Code,
    [property: Id(1)] string Title,
    [property: Id(2)] string? Details = null);
