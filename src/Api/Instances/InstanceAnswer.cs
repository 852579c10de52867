using Waqtor.Conversations;
using Waqtor.Instances;
using Waqtor.SmartBot;

namespace Waqtor.Api.Instances;

/// <summary>An instance as clients see it: which credentials are set, never what they are.</summary>
public sealed record InstanceAnswer
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required ProviderKind Provider { get; init; }
    public string? BaseUrl { get; init; }
    public string? PhoneNumberId { get; init; }
    public string? ProviderInstance { get; init; }
    public required BufferAnswer Buffer { get; init; }
    public required BotAnswer Bot { get; init; }
    /// <summary>Contacts outside their 24-hour service window that are written to within 24 hours; null: no limit.</summary>
    public int? ContactsPerDay { get; init; }
    public required string FallbackText { get; init; }
    public required SmartBotSettings SmartBot { get; init; }
    public required CredentialsSet Credentials { get; init; }
    public required SessionRecord Session { get; init; }
    /// <summary>Where the provider's webhooks go.</summary>
    public required string InboundUrl { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    public static InstanceAnswer For(InstanceRecord instance, string publicUrl) => new()
    {
        Id = instance.Id,
        Name = instance.Name,
        Provider = instance.Settings.Provider,
        BaseUrl = instance.Settings.BaseUrl,
        PhoneNumberId = instance.Settings.PhoneNumberId,
        ProviderInstance = instance.Settings.ProviderInstance,
        Buffer = new(instance.Settings.Buffer.Enabled, instance.Settings.Buffer.Seconds, instance.Settings.Buffer.Messages),
        Bot = new(instance.Settings.BotEnabled),
        ContactsPerDay = instance.Settings.ContactsPerDay is > 0 and var contacts ? contacts : null,
        FallbackText = instance.Settings.FallbackText,
        SmartBot = instance.Settings.SmartBot ?? new SmartBotSettings(),
        Credentials = CredentialsSet.For(instance.CredentialsSet),
        Session = instance.Session,
        InboundUrl = $"{publicUrl}/api/inbound/{ProviderWords.Of(instance.Settings.Provider)}/{instance.Name}",
        CreatedAt = instance.CreatedAt,
        UpdatedAt = instance.UpdatedAt,
    };
}
