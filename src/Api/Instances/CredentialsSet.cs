using System.Collections.Immutable;

namespace Waqtor.Api.Instances;

/// <summary>Which credentials an instance has.</summary>
public sealed record CredentialsSet(bool ApiKey, bool AccessToken, bool AppSecret, bool VerifyToken, bool WebhookSecret, bool AiApiKey, bool EmbedderApiKey)
{
    public static CredentialsSet For(ImmutableArray<string> names) => new(
        names.Contains("apiKey"), names.Contains("accessToken"), names.Contains("appSecret"), names.Contains("verifyToken"), names.Contains("webhookSecret"),
        names.Contains("aiApiKey"), names.Contains("embedderApiKey"));
}
