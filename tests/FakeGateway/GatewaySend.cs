namespace Waqtor.Fakes;

/// <summary>One request to send a text, as the gateway got it.</summary>
public sealed record GatewaySend
{
    /// <summary>Order of arrival, from 0, over all providers and accounts.</summary>
    public required int Number { get; init; }

    /// <summary><c>evolution</c>, <c>cloud</c> or <c>waha</c>.</summary>
    public required string Provider { get; init; }

    /// <summary>Evolution's instance, the Cloud API's phone number id or WAHA's session.</summary>
    public required string Account { get; init; }

    /// <summary>Digits of the receiver, or the address as it was given when it holds none.</summary>
    public required string To { get; init; }

    public required string Text { get; init; }

    /// <summary>The key or bearer token that came with it.</summary>
    public string? Credential { get; init; }

    /// <summary>The Cloud API's <c>biz_opaque_callback_data</c>: the sender's own id, given back in statuses.</summary>
    public string? CallbackData { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The id this gateway gives the message.</summary>
    public required string ProviderMessageId { get; init; }

    /// <summary>What the gateway decided to do with it.</summary>
    public GatewayAnswer Answer { get; init; } = GatewayAnswer.Accept;

    /// <summary>The body as it came.</summary>
    public required string Body { get; init; }
}
