using Microsoft.AspNetCore.Http;
using Waqtor.Instances;

namespace Waqtor.WhatsApp;

/// <summary>Meta: <c>X-Hub-Signature-256: sha256=HEX</c>, HMAC-SHA256 with the app secret.</summary>
public sealed class CloudWebhookVerifier : IWebhookVerifier
{
    /// <inheritdoc />
    public ProviderKind Provider => ProviderKind.Cloud;

    /// <inheritdoc />
    public SignatureVerdict Verify(InstanceCredentials credentials, IHeaderDictionary headers, ReadOnlySpan<byte> rawBody, DateTimeOffset now)
    {
        if (string.IsNullOrEmpty(credentials.AppSecret)) return SignatureVerdict.NotConfigured;
        return Hmac.MatchesPrefixedSha256(credentials.AppSecret, rawBody, headers["X-Hub-Signature-256"])
            ? SignatureVerdict.Valid
            : SignatureVerdict.Invalid;
    }
}
