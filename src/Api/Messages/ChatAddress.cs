using Waqtor.Messages;
using Waqtor.WhatsApp;

namespace Waqtor.Api.Messages;

/// <summary>
/// What a client may write as <c>chatId</c>: a phone number with country code, a WhatsApp address
/// (<c>…@s.whatsapp.net</c>, <c>…@c.us</c>, <c>…@lid</c>, <c>…@g.us</c>) or a business-scoped user id (<c>US.1349…</c>). What WhatsApp cannot
/// have given to anybody is refused: it would become a conversation that nobody reads.
/// </summary>
internal static class ChatAddress
{
    private const int CharactersMax = 256;
    private const int LidDigitsMax = 32;

    /// <summary>Null: none of these.</summary>
    public static ContactIdentity? Read(string text)
    {
        if (text.Length is 0 or > CharactersMax) return null;
        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at > 0) return ReadAddress(text[..at], text[(at + 1)..]);
        if (Phone.Read(text) is not null) return ReadContact(text);
        return IsUserId(text) ? new ContactIdentity { UserId = text } : null;
    }

    private static ContactIdentity? ReadAddress(string local, string domain) => domain switch
    {
        "s.whatsapp.net" or "c.us" => WithoutDevice(local) is { } phone ? ReadContact(phone) : null,
        "lid" => WithoutDevice(local) is { Length: <= LidDigitsMax } lid && IsDigits(lid) ? new ContactIdentity { Lid = lid } : null,
        "g.us" => IsGroup(local) ? new ContactIdentity { GroupId = local } : null,
        _ => null,
    };

    // No country's code begins with 0: that is a number as it is dialled at home.
    private static ContactIdentity? ReadContact(string number) =>
        Phone.Read(number) is { } phone && phone[0] != '0' ? new ContactIdentity { Phone = phone } : null;

    /// <summary>Null: what follows the colon is no number of a device.</summary>
    private static string? WithoutDevice(string local)
    {
        var colon = local.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? local : IsDigits(local[(colon + 1)..]) ? local[..colon] : null;
    }

    // Digits; of older groups the founder's number, a dash and when it was founded.
    private static bool IsGroup(string local)
    {
        var dash = local.IndexOf('-', StringComparison.Ordinal);
        return dash < 0 ? IsDigits(local) : IsDigits(local[..dash]) && IsDigits(local[(dash + 1)..]);
    }

    private static bool IsDigits(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);

    // Two letters of a country, a dot, an id.
    private static bool IsUserId(string text) =>
        text.Length > 3 && char.IsAsciiLetterUpper(text[0]) && char.IsAsciiLetterUpper(text[1]) && text[2] == '.'
        && text.AsSpan(3).IndexOfAnyExcept(UserIdCharacters) < 0;

    private static readonly System.Buffers.SearchValues<char> UserIdCharacters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");
}
