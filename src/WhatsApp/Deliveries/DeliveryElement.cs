using Waqtor.Instances;
using Waqtor.Messages;

namespace Waqtor.WhatsApp;

/// <summary>
/// One entry, change, message or status of a delivery; an element is never dropped. Exactly one of
/// <see cref="Message"/>, <see cref="Status"/>, <see cref="Session"/>, <see cref="Notice"/>, <see cref="Problem"/>
/// and <see cref="Ignored"/> is set.
/// </summary>
public sealed record DeliveryElement
{
    /// <summary>Where it stood, for example <c>entry[0].changes[1].value.messages[2]</c>; <c>$</c> is the whole body.</summary>
    public required string Path { get; init; }

    /// <summary>
    /// The provider's name of the number or session this belongs to: <c>metadata.phone_number_id</c> (cloud),
    /// <c>instance</c> (evolution), <c>session</c> or <c>device_id</c> (waha). Null: the instance of the URL.
    /// </summary>
    public string? RouteTo { get; init; }

    public InboundMessage? Message { get; init; }
    public StatusUpdate? Status { get; init; }
    public SessionUpdate? Session { get; init; }
    public ProviderNotice? Notice { get; init; }

    /// <summary>A code of <see cref="DeliveryProblem"/>: it cannot be read and is to be parked raw.</summary>
    public string? Problem { get; init; }

    /// <summary>A code of <see cref="IgnoredReason"/>: there is nothing to store.</summary>
    public string? Ignored { get; init; }

    /// <summary>The file that came as base64 inside the body, decoded. Null: none, or not base64.</summary>
    public ReadOnlyMemory<byte>? MediaBytes { get; init; }
}
