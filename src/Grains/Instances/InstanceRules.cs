namespace Waqtor.Instances;

/// <summary>What an instance's settings may be, and how a change is applied.</summary>
public static class InstanceRules
{
    public const int BufferSecondsMax = 60;
    public const int BufferMessagesMax = 100;
    public const int FallbackCharactersMax = 4096;
    public const int ContactsPerDayMax = 1_000_000;

    /// <exception cref="ArgumentException">A value is out of its range; the API checks first, so this is a fault of the caller.</exception>
    public static void Check(InstanceSettings settings)
    {
        if (settings.Buffer.Seconds is < 1 or > BufferSecondsMax)
        {
            throw new ArgumentException("buffer.seconds must be 1 to 60.", nameof(settings));
        }

        if (settings.Buffer.Messages is < 1 or > BufferMessagesMax)
        {
            throw new ArgumentException("buffer.messages must be 1 to 100.", nameof(settings));
        }

        if (settings.FallbackText.Length > FallbackCharactersMax)
        {
            throw new ArgumentException("fallbackText may have 4096 characters.", nameof(settings));
        }

        if (settings.ContactsPerDay is < 0 or > ContactsPerDayMax)
        {
            throw new ArgumentException("contactsPerDay must be 0 to 1,000,000.", nameof(settings));
        }
    }

    /// <summary>Null in the patch leaves a credential as it is, empty clears it.</summary>
    public static InstanceCredentials Apply(InstanceCredentials current, InstanceCredentials patch) => new()
    {
        ApiKey = Merge(current.ApiKey, patch.ApiKey),
        AccessToken = Merge(current.AccessToken, patch.AccessToken),
        AppSecret = Merge(current.AppSecret, patch.AppSecret),
        VerifyToken = Merge(current.VerifyToken, patch.VerifyToken),
        WebhookSecret = Merge(current.WebhookSecret, patch.WebhookSecret),
        AiApiKey = Merge(current.AiApiKey, patch.AiApiKey),
        EmbedderApiKey = Merge(current.EmbedderApiKey, patch.EmbedderApiKey),
    };

    /// <summary>Names of the credentials that are set, as clients see them.</summary>
    public static IEnumerable<string> NamesOf(InstanceCredentials credentials)
    {
        if (credentials.ApiKey is not null) yield return "apiKey";
        if (credentials.AccessToken is not null) yield return "accessToken";
        if (credentials.AppSecret is not null) yield return "appSecret";
        if (credentials.VerifyToken is not null) yield return "verifyToken";
        if (credentials.WebhookSecret is not null) yield return "webhookSecret";
        if (credentials.AiApiKey is not null) yield return "aiApiKey";
        if (credentials.EmbedderApiKey is not null) yield return "embedderApiKey";
    }

    /// <summary>
    /// The session of a new instance. A gateway must first be paired; the others have no session of their own and are
    /// ready as soon as they exist.
    /// </summary>
    public static SessionRecord FirstSession(ProviderKind provider, DateTimeOffset now) => new()
    {
        Status = provider is ProviderKind.Evolution or ProviderKind.Waha ? SessionStatus.Connecting : SessionStatus.Ready,
        ChangedAt = now,
    };

    private static string? Merge(string? current, string? patch) => patch switch
    {
        null => current,
        "" => null,
        _ => patch,
    };
}
