namespace Waqtor.WhatsApp;

/// <summary>A phone number as it is kept: digits only, with country code.</summary>
internal static class Phone
{
    private const int DigitsMin = 4;
    private const int DigitsMax = 20;

    /// <summary>Null when there is anything but digits and the usual punctuation: half a number is no number.</summary>
    public static string? Read(ReadOnlySpan<char> text)
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
            else if (c is not ('+' or ' ' or '-' or '(' or ')' or '.' or '\u00A0' or '\u200E' or '\u200F'))
            {
                return null;
            }
        }

        return count >= DigitsMin ? new string(digits[..count]) : null;
    }

    public static string? Read(string? text) => text is null ? null : Read(text.AsSpan());
}
