using System.Buffers;
using System.Text;

namespace Waqtor.Archive;

/// <summary>
/// Text as both databases can hold it. What customers send may hold U+0000 (PostgreSQL refuses it) or half of a
/// surrogate pair (not UTF-8): an event that can never be written would be told again for ever, so both become U+FFFD.
/// </summary>
internal static class StoredText
{
    /// <summary>An index entry holds at most 2,704 bytes in PostgreSQL; no phone number comes near this.</summary>
    public const int PhoneLengthMax = 64;

    private const char Replacement = '\uFFFD';
    private static readonly SearchValues<char> Suspicious = SearchValues.Create(
        [.. Enumerable.Range(0xD800, 0x800).Select(code => (char)code), '\0']);

    public static string? Clean(string? text) =>
        text is null || !text.AsSpan().ContainsAny(Suspicious) ? text : Replace(text);

    public static string? CleanPhone(string? phone) =>
        Clean(phone is { Length: > PhoneLengthMax } ? phone[..PhoneLengthMax] : phone);

    private static string Replace(string text)
    {
        var cleaned = new StringBuilder(text.Length);
        // EnumerateRunes gives U+FFFD for half a pair.
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value == 0) cleaned.Append(Replacement);
            else cleaned.Append(rune.ToString());
        }

        return cleaned.ToString();
    }
}
