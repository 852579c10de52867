using Microsoft.AspNetCore.Http;
using Waqtor.Instances;

namespace Waqtor.WhatsApp;

/// <summary>Our own kinds: <c>X-Waqtor-Signature: sha256=HEX</c>, HMAC-SHA256 of the raw body with the webhook secret.</summary>
/// <param name="provider"><see cref="ProviderKind.Generic"/> or <see cref="ProviderKind.Sandbox"/>.</param>
public sealed class WaqtorWebhookVerifier(ProviderKind provider) : IWebhookVerifier
{
    public const string HeaderName = "X-Waqtor-Signature";

    /// <inheritdoc />
    public ProviderKind Provider { get; } = provider;

    /// <inheritdoc />
    public SignatureVerdict Verify(InstanceCredentials credentials, IHeaderDictionary headers, ReadOnlySpan<byte> rawBody, DateTimeOffset now)
    {
        if (string.IsNullOrEmpty(credentials.WebhookSecret)) return SignatureVerdict.NotConfigured;
        return Hmac.MatchesPrefixedSha256(credentials.WebhookSecret, rawBody, headers[HeaderName])
            ? SignatureVerdict.Valid
            : SignatureVerdict.Invalid;
    }

    /// <summary>The header's value for a body that we send.</summary>
    public static string Sign(string secret, ReadOnlySpan<byte> body) =>
        "sha256=" + Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData(System.Text.Encoding.UTF8.GetBytes(secret), body));
}
