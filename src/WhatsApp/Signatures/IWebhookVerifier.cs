using Microsoft.AspNetCore.Http;
using Waqtor.Instances;

namespace Waqtor.WhatsApp;

/// <summary>Checks that a webhook comes from the provider, on the raw bytes and in constant time.</summary>
public interface IWebhookVerifier
{
    ProviderKind Provider { get; }

    /// <param name="now">Judges the times inside a signed token.</param>
    SignatureVerdict Verify(InstanceCredentials credentials, IHeaderDictionary headers, ReadOnlySpan<byte> rawBody, DateTimeOffset now);
}
