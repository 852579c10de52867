using Microsoft.AspNetCore.Http;
using Waqtor.Instances;

namespace Waqtor.WhatsApp;

/// <summary>
/// Evolution API cannot sign bodies; it sends headers of the operator's choice. Accepted with the webhook secret:
/// <c>X-Webhook-Secret</c>, <c>apikey</c> or <c>Authorization: Bearer</c> equal to it, or a bearer JWT (its <c>jwt_key</c>).
/// </summary>
public sealed class EvolutionWebhookVerifier : IWebhookVerifier
{
    /// <inheritdoc />
    public ProviderKind Provider => ProviderKind.Evolution;

    /// <inheritdoc />
    public SignatureVerdict Verify(InstanceCredentials credentials, IHeaderDictionary headers, ReadOnlySpan<byte> rawBody, DateTimeOffset now)
    {
        if (string.IsNullOrEmpty(credentials.WebhookSecret)) return SignatureVerdict.NotConfigured;
        return Matches(credentials.WebhookSecret, headers, now) ? SignatureVerdict.Valid : SignatureVerdict.Invalid;
    }

    private static bool Matches(string secret, IHeaderDictionary headers, DateTimeOffset now)
    {
        const string Bearer = "Bearer ";
        if (IsSecret(headers["X-Webhook-Secret"].ToString()) || IsSecret(headers["apikey"].ToString())) return true;
        var authorization = headers.Authorization.ToString();
        if (!authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)) return false;
        var token = authorization[Bearer.Length..].Trim();
        return IsSecret(token) || JsonWebToken.IsValid(token, secret, now);

        bool IsSecret(string given) => given.Length > 0 && Secret.Equal(given, secret);
    }
}
