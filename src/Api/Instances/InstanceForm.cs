using Waqtor.Api.Problems;
using Waqtor.Conversations;
using Waqtor.Instances;

namespace Waqtor.Api.Instances;

/// <summary>Checks an <see cref="InstanceRequest"/> and turns it into settings and credentials.</summary>
internal static class InstanceForm
{
    private const int AddressCharactersMax = 2_048;
    private const int SecretCharactersMax = 4_096;
    private const int FallbackCharactersMax = 4_096;
    private const int ProviderNameCharactersMax = 128;
    private const int ContactsPerDayMax = 1_000_000;

    public static FieldErrors Check(InstanceRequest request, InstanceSettings? before = null)
    {
        var errors = new FieldErrors();
        CheckBaseUrl(request, before, errors);
        errors.Require(request.PhoneNumberId is null or { Length: <= 64 }, "phoneNumberId", "At most 64 characters.");
        errors.Require(request.ProviderInstance is null or { Length: <= ProviderNameCharactersMax }, "providerInstance", $"At most {ProviderNameCharactersMax} characters.");
        errors.Require(request.Buffer?.Seconds is null or (>= 1 and <= 60), "buffer.seconds", "1 to 60.");
        errors.Require(request.Buffer?.Messages is null or (>= 1 and <= 100), "buffer.messages", "1 to 100.");
        errors.Require(request.FallbackText is null or { Length: <= FallbackCharactersMax }, "fallbackText", $"At most {FallbackCharactersMax} characters.");
        errors.Require(request.ContactsPerDay is null or (>= 0 and <= ContactsPerDayMax), "contactsPerDay", "0 to 1000000.");
        Secret(request.ApiKey, "apiKey");
        Secret(request.AccessToken, "accessToken");
        Secret(request.AppSecret, "appSecret");
        Secret(request.VerifyToken, "verifyToken");
        Secret(request.WebhookSecret, "webhookSecret");
        Secret(request.AiApiKey, "aiApiKey");
        Secret(request.EmbedderApiKey, "embedderApiKey");
        SmartBotForm.Check(request.SmartBot, before?.SmartBot, errors);
        return errors;

        void Secret(string? value, string field)
        {
            errors.Require(value is null or { Length: <= SecretCharactersMax }, field, $"At most {SecretCharactersMax} characters.");
            // A header cannot carry them, and a line break would let one header become two.
            errors.Require(value is null || !value.AsSpan().ContainsAnyInRange('\0', '\x1f'), field, "No control characters.");
        }
    }

    /// <summary>The whole settings after the request, on top of <paramref name="before"/>.</summary>
    public static InstanceSettings Settings(InstanceRequest request, InstanceSettings before) => before with
    {
        BaseUrl = Text(request.BaseUrl, before.BaseUrl),
        PhoneNumberId = Text(request.PhoneNumberId, before.PhoneNumberId),
        ProviderInstance = Text(request.ProviderInstance, before.ProviderInstance),
        Buffer = new BufferRule
        {
            Enabled = request.Buffer?.Enabled ?? before.Buffer.Enabled,
            Seconds = request.Buffer?.Seconds ?? before.Buffer.Seconds,
            Messages = request.Buffer?.Messages ?? before.Buffer.Messages,
        },
        BotEnabled = request.Bot?.Enabled ?? before.BotEnabled,
        ContactsPerDay = request.ContactsPerDay ?? before.ContactsPerDay,
        FallbackText = request.FallbackText ?? before.FallbackText,
        SmartBot = SmartBotForm.Settings(request.SmartBot, before.SmartBot),
    };

    /// <summary>Null members stay, empty ones clear.</summary>
    public static InstanceCredentials Credentials(InstanceRequest request) => new()
    {
        ApiKey = request.ApiKey,
        AccessToken = request.AccessToken,
        AppSecret = request.AppSecret,
        VerifyToken = request.VerifyToken,
        WebhookSecret = request.WebhookSecret,
        AiApiKey = request.AiApiKey,
        EmbedderApiKey = request.EmbedderApiKey,
    };

    private static string? Text(string? value, string? before) => value switch { null => before, "" => null, _ => value };

    private static void CheckBaseUrl(InstanceRequest request, InstanceSettings? before, FieldErrors errors)
    {
        if (request.BaseUrl is not { Length: > 0 } address) return;
        Uri? uri = null;
        errors.Require(
            address.Length <= AddressCharactersMax && Uri.TryCreate(address, UriKind.Absolute, out uri)
            && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps),
            "baseUrl", $"An absolute http or https address of at most {AddressCharactersMax} characters.");
        if (uri is null) return;
        // It would be shown to every viewer, and no request carries it.
        errors.Require(uri.UserInfo.Length == 0, "baseUrl", "No name or password: they are not used. Use apiKey or accessToken.");
        errors.Require(!address.Contains('#', StringComparison.Ordinal), "baseUrl", "No fragment (#…).");
        // Paths are put behind the address; only the generic provider posts to the address itself.
        var isWhole = (before is null ? request.Provider : ProviderWords.Of(before.Provider)) == ProviderWords.Of(ProviderKind.Generic);
        errors.Require(isWhole || !address.Contains('?', StringComparison.Ordinal), "baseUrl", "No query (?…): the provider's paths are put behind the address.");
    }
}
