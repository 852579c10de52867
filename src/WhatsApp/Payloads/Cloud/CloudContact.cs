using System.Text.Json;
using Waqtor.Messages;

namespace Waqtor.WhatsApp;

/// <summary>Puts the ids of a Cloud API message or status and its line in <c>contacts</c> together.</summary>
internal static class CloudContact
{
    private const int IdCharactersMax = 256;

    public static ContactIdentity Read(string? phoneOrId, string? userId, string? parentUserId, string? groupId, CloudValue value)
    {
        var phone = Phone.Read(phoneOrId);
        // Where a field meant for numbers holds letters, it holds a business-scoped user id.
        if (phone is null && userId is null && !string.IsNullOrEmpty(phoneOrId)) userId = phoneOrId;
        var contact = Find(value, phoneOrId, userId);
        var profile = contact.Member("profile"u8);
        return new ContactIdentity
        {
            Phone = phone ?? Phone.Read(contact.Member("wa_id"u8).Text()),
            UserId = userId ?? contact.Member("user_id"u8).Word(IdCharactersMax),
            ParentUserId = parentUserId ?? contact.Member("parent_user_id"u8).Word(IdCharactersMax),
            GroupId = groupId,
            Name = profile.Member("name"u8).Word(IdCharactersMax),
            Username = profile.Member("username"u8).Word(IdCharactersMax),
        };
    }

    private static JsonElement Find(CloudValue value, string? phone, string? userId)
    {
        if (!value.Contacts.IsArray()) return default;
        foreach (var contact in value.Contacts.EnumerateArray())
        {
            if (phone is not null && contact.Member("wa_id"u8).Text() == phone) return contact;
            if (userId is not null && contact.Member("user_id"u8).Text() == userId) return contact;
        }

        // Some countries' numbers are written in two ways; one message with one contact leaves no doubt.
        return value.ElementCount == 1 && value.Contacts.GetArrayLength() == 1
            ? value.Contacts[0]
            : default;
    }
}
