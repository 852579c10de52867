using Waqtor.Conversations;
using Waqtor.SmartBot;

namespace Waqtor.Instances;

/// <summary>All an operator sets of an instance but its credentials.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.instance-settings")]
public sealed record InstanceSettings
{
    [Id(0)] public required ProviderKind Provider { get; init; }
    /// <summary>Replaces the provider's public address: self-hosted gateways and tests.</summary>
    [Id(1)] public string? BaseUrl { get; init; }
    /// <summary>Cloud API phone number id: what its deliveries are routed by.</summary>
    [Id(2)] public string? PhoneNumberId { get; init; }
    [Id(3)] public BufferRule Buffer { get; init; } = new();
    /// <summary>Off: messages are stored and shown, not answered. Default: on.</summary>
    [Id(4)] public bool BotEnabled { get; init; } = true;
    /// <summary>Template of the reply when nothing else answers; empty: no reply. At most 4096 characters.</summary>
    [Id(5)] public string FallbackText { get; init; } = "";
    /// <summary>The gateway's own name of this session (Evolution instance, WAHA session). Default: the instance's name.</summary>
    [Id(6)] public string? ProviderInstance { get; init; }
    /// <summary>How the bot answers beside its rules; null: all by default.</summary>
    [Id(7)] public SmartBotSettings? SmartBot { get; init; }
    /// <summary>
    /// Contacts outside their 24-hour service window that messages go to within any 24 hours, 0 to 1,000,000; messages to further ones
    /// wait. Null or 0: no limit. Source: Meta, "Messaging Limits" (250, 2,000, 10,000, 100,000 or none, by portfolio).
    /// </summary>
    [Id(8)] public int? ContactsPerDay { get; init; }
}
