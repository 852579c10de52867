using Waqtor.Messages;

namespace Waqtor.Api.Messages;

/// <summary>
/// What a client may write as <c>chatId</c>: a phone number with country code, a WhatsApp address
/// (<c>…@s.whatsapp.net</c>, <c>…@c.us</c>, <c>…@lid</c>, <c>…@g.us</c>) or a business-scoped user id (<c>US.1349…</c>).
/// </summary>
internal static class ChatAddress
{
    private const int CharactersMax = 256;
    private const int DigitsMin = 4;
    private const int DigitsMax = 20;

    /// <summary>Null: none of these.</summary>
    public static ContactIdentity? Read(string text)
    {
        if (text.Length is 0 or > CharactersMax) return null;
        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at > 0) return ReadAddress(text[..at], text[(at + 1)..]);
        // No country's code begins with 0: that is a number as it is dialled at home.
        if (ReadPhone(text) is { } phone) return phone[0] == '0' ? null : new ContactIdentity { Phone = phone };
        return IsUserId(text) ? new ContactIdentity { UserId = text } : null;
    }

    /// <summary>Digits of a phone number written with or without a plus sign, blanks, dashes, dots and brackets. Null: no number.</summary>
    public static string? ReadPhone(string text)
    {
        Span<char> digits = stackalloc char[DigitsMax];
        var count = 0;
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c))
            {
                if (count == DigitsMax) return null;
                digits[count++] = c;
            }
            else if (c is not ('+' or ' ' or '-' or '(' or ')' or '.'))
            {
                return null;
            }
        }

        // The prefix that most of the world dials in place of the plus sign.
        var number = digits[..count];
        if (number.StartsWith("00")) number = number[2..];
        return number.Length >= DigitsMin ? new string(number) : null;
    }

    private static ContactIdentity? ReadAddress(string local, string domain) => domain switch
    {
        "s.whatsapp.net" or "c.us" => ReadPhone(WithoutDevice(local)) is { } phone ? new ContactIdentity { Phone = phone } : null,
        "lid" => new ContactIdentity { Lid = WithoutDevice(local) },
        "g.us" => new ContactIdentity { GroupId = local },
        _ => null,
    };

    private static string WithoutDevice(string local)
    {
        var colon = local.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? local : local[..colon];
    }

    // Two letters of a country, a dot, an id.
    private static bool IsUserId(string text) =>
        text.Length > 3 && char.IsAsciiLetterUpper(text[0]) && char.IsAsciiLetterUpper(text[1]) && text[2] == '.'
        && text.AsSpan(3).IndexOfAnyExcept(UserIdCharacters) < 0;

    private static readonly System.Buffers.SearchValues<char> UserIdCharacters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");
}
