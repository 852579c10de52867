namespace Waqtor.Api.Instances;

/// <summary>
/// An instance to be made or changed. In a change, an absent or null member stays as it is and an empty text clears it;
/// name and provider cannot change.
/// </summary>
public sealed record InstanceRequest
{
    /// <summary>1 to 64 of a-z, 0-9, dash and underscore.</summary>
    public string? Name { get; init; }
    /// <summary><c>cloud</c>, <c>evolution</c>, <c>waha</c>, <c>generic</c> or <c>sandbox</c>.</summary>
    public string? Provider { get; init; }
    /// <summary>
    /// The gateway's http or https address, at most 2,048 characters; for <c>cloud</c> it replaces the provider's public one. Without a
    /// password or a fragment, and without a query but for <c>generic</c>, which posts to the address as it is.
    /// </summary>
    public string? BaseUrl { get; init; }
    public string? PhoneNumberId { get; init; }
    /// <summary>The gateway's own name of this session. Default: the instance's name.</summary>
    public string? ProviderInstance { get; init; }
    public string? ApiKey { get; init; }
    public string? AccessToken { get; init; }
    public string? AppSecret { get; init; }
    public string? VerifyToken { get; init; }
    public string? WebhookSecret { get; init; }
    /// <summary>Key of the language model's endpoint.</summary>
    public string? AiApiKey { get; init; }
    /// <summary>Key of the embedder's endpoint.</summary>
    public string? EmbedderApiKey { get; init; }
    public BufferRequest? Buffer { get; init; }
    public BotRequest? Bot { get; init; }
    /// <summary>Contacts outside their 24-hour service window that are written to within 24 hours, 1 to 1,000,000; further messages wait. 0: no limit.</summary>
    public int? ContactsPerDay { get; init; }
    /// <summary>Template of the reply when nothing else answers; empty: no reply.</summary>
    public string? FallbackText { get; init; }
    /// <summary>How the bot answers beside its rules.</summary>
    public SmartBotRequest? SmartBot { get; init; }

    public override string ToString() => "InstanceRequest { … }";
}
