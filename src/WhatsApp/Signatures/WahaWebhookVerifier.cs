using Microsoft.AspNetCore.Http;
using Waqtor.Instances;

namespace Waqtor.WhatsApp;

/// <summary>
/// WAHA: <c>X-Webhook-Hmac: HEX</c> with <c>X-Webhook-Hmac-Algorithm</c> <c>sha512</c> (also when it is absent) or <c>sha256</c>.
/// Look-alikes sign as Meta does, in <c>X-Hub-Signature-256</c>. Both with the webhook secret.
/// </summary>
public sealed class WahaWebhookVerifier : IWebhookVerifier
{
    /// <inheritdoc />
    public ProviderKind Provider => ProviderKind.Waha;

    /// <inheritdoc />
    public SignatureVerdict Verify(InstanceCredentials credentials, IHeaderDictionary headers, ReadOnlySpan<byte> rawBody, DateTimeOffset now)
    {
        if (string.IsNullOrEmpty(credentials.WebhookSecret)) return SignatureVerdict.NotConfigured;
        return Matches(credentials.WebhookSecret, headers, rawBody) ? SignatureVerdict.Valid : SignatureVerdict.Invalid;
    }

    private static bool Matches(string secret, IHeaderDictionary headers, ReadOnlySpan<byte> rawBody)
    {
        var hmac = headers["X-Webhook-Hmac"].ToString();
        if (hmac.Length == 0) return Hmac.MatchesPrefixedSha256(secret, rawBody, headers["X-Hub-Signature-256"]);
        return headers["X-Webhook-Hmac-Algorithm"].ToString().ToLowerInvariant() switch
        {
            "" or "sha512" => Hmac.MatchesSha512(secret, rawBody, hmac),
            "sha256" => Hmac.MatchesSha256(secret, rawBody, hmac),
            _ => false,
        };
    }
}
