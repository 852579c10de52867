namespace Waqtor.Instances;

/// <summary>What an instance needs to prove itself and to check others. Encrypted at rest, never returned, never printed.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.instance-credentials")]
public sealed record InstanceCredentials
{
    /// <summary>Evolution's <c>apikey</c> or WAHA's <c>X-Api-Key</c>.</summary>
    [Id(0)] public string? ApiKey { get; init; }
    /// <summary>Cloud API bearer token.</summary>
    [Id(1)] public string? AccessToken { get; init; }
    /// <summary>Meta app secret: the key of <c>X-Hub-Signature-256</c>.</summary>
    [Id(2)] public string? AppSecret { get; init; }
    /// <summary>Token of Meta's verification handshake.</summary>
    [Id(3)] public string? VerifyToken { get; init; }
    /// <summary>Secret of the provider's webhook to us (WAHA HMAC, Evolution header or JWT, generic signature).</summary>
    [Id(4)] public string? WebhookSecret { get; init; }
    /// <summary>Key of the endpoint of <see cref="SmartBot.AiSettings"/>.</summary>
    [Id(5)] public string? AiApiKey { get; init; }
    /// <summary>Key of the endpoint of <see cref="SmartBot.EmbedderSettings"/>.</summary>
    [Id(6)] public string? EmbedderApiKey { get; init; }

    public override string ToString() => "InstanceCredentials { … }";
}
