namespace Waqtor.WhatsApp;

/// <summary>A phone number as it is kept: 4 to 20 digits, with country code and without a prefix.</summary>
public static class Phone
{
    private const int DigitsMin = 4;
    private const int DigitsMax = 20;

    /// <summary>
    /// Digits of a number written with or without a plus sign or <c>00</c>, blanks, dashes, dots and brackets. Null when there is anything
    /// else: half a number is no number.
    /// </summary>
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

        // The prefix that most of the world dials in place of the plus sign.
        var number = digits[..count];
        if (number.StartsWith("00")) number = number[2..];
        return number.Length >= DigitsMin ? new string(number) : null;
    }

    /// <inheritdoc cref="Read(ReadOnlySpan{char})" />
    public static string? Read(string? text) => text is null ? null : Read(text.AsSpan());
}
