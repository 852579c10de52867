using Waqtor.Instances;
using Waqtor.Messages;

namespace Waqtor.WhatsApp;

/// <summary>What the providers can do at all, so that what one of them can never send is refused before it is stored.</summary>
public static class ProviderReach
{
    /// <summary>A gateway of one's own, which has no public address: without a <c>baseUrl</c> such an instance only receives.</summary>
    public static bool NeedsBaseUrl(ProviderKind provider) => provider is ProviderKind.Evolution or ProviderKind.Waha or ProviderKind.Generic;

    /// <summary>Whether one of the contact's ids is of a kind that the provider sends to.</summary>
    public static bool CanAddress(ProviderKind provider, ContactIdentity contact) => provider switch
    {
        ProviderKind.Cloud => (contact.GroupId ?? contact.Phone ?? contact.UserId) is not null,
        ProviderKind.Evolution or ProviderKind.Waha => (contact.GroupId ?? contact.Phone ?? contact.Lid) is not null,
        _ => !contact.IsEmpty,
    };

    /// <summary>Whether a text may mention people. The Cloud API has no member for it.</summary>
    public static bool CanMention(ProviderKind provider) => provider != ProviderKind.Cloud;
}
