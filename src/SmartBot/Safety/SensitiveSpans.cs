namespace Waqtor.SmartBot;

/// <summary>
/// Finds numbers and addresses that belong to a person: by shape plus checksum (cards, IBANs), by shape alone where it is strong (e-mail, phones),
/// and by the words around where it is weak (codes, national ids).
/// </summary>
internal static class SensitiveSpans
{
    private static readonly string[] CodeWords = ["otp", "pin", "cvv", "cvc", "code", "passcode", "password", "رمز", "الرمز", "الرقم السري", "كود", "الكود", "كلمه السر", "كلمه المرور"];

    private static readonly string[] IdWords = ["id", "iqama", "national", "passport", "هويه", "الهويه", "اقامه", "الاقامه", "بطاقه", "القومي", "جواز", "السجل"];

    public static IEnumerable<SensitiveSpan> Find(string text)
    {
        foreach (var span in Emails(text)) yield return span;
        foreach (var span in Ibans(text)) yield return span;
        foreach (var run in DigitRun.Find(text))
        {
            if (KindOf(text, run) is { } kind) yield return new(run.Start, run.Length, kind);
        }
    }

    public static bool PassesLuhn(string digits)
    {
        var sum = 0;
        for (var index = 0; index < digits.Length; index++)
        {
            var digit = digits[^(index + 1)] - '0';
            if (index % 2 == 1) digit = digit > 4 ? (digit * 2) - 9 : digit * 2;
            sum += digit;
        }

        return sum % 10 == 0 && digits.Distinct().Count() > 1;
    }

    public static IEnumerable<SensitiveSpan> Emails(string text)
    {
        for (var at = text.IndexOf('@', StringComparison.Ordinal); at >= 0; at = text.IndexOf('@', at + 1))
        {
            var start = at;
            while (start > 0 && at - start < 64 && (char.IsAsciiLetterOrDigit(text[start - 1]) || "._%+-".Contains(text[start - 1], StringComparison.Ordinal))) start--;
            var end = at + 1;
            while (end < text.Length && end - at < 255 && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '.' or '-')) end++;
            while (end > at && text[end - 1] is '.' or '-') end--;
            var dot = text.LastIndexOf('.', Math.Max(end - 1, 0));
            if (start < at && dot > at + 1 && end - dot > 2) yield return new(start, end - start, "email");
        }
    }

    private static string? KindOf(string text, DigitRun run)
    {
        var digits = run.Digits;
        if (digits.Length is >= 13 and <= 19 && LooksLikeCard(digits) && PassesLuhn(digits)) return "card";
        if (digits.Length == 15 && digits.StartsWith("784", StringComparison.Ordinal)) return "national_id";
        if (PhoneShape.Is(run)) return "phone";
        if (digits.Length is >= 3 and <= 8 && Near(text, run, CodeWords)) return "code";
        var isNational = (digits.Length == 10 && digits[0] is '1' or '2') || (digits.Length == 14 && digits[0] is '2' or '3');
        return isNational && Near(text, run, IdWords) ? "national_id" : null;
    }

    // Luhn alone also passes one order number in ten, so the issuer's first digits count too.
    private static bool LooksLikeCard(string digits) => digits[0] switch
    {
        '4' => digits.Length is 13 or 16 or 19,
        '5' => digits.Length == 16 && digits[1] is >= '0' and <= '8',
        '2' => digits.Length == 16 && digits[1] is >= '2' and <= '7',
        '3' => (digits.Length == 15 && digits[1] is '4' or '7') || (digits.Length is 14 or 16 && digits[1] is '0' or '5' or '6' or '8'),
        '6' => digits.Length is 16 or 19,
        '9' => digits.Length == 16,
        _ => false,
    };

    private static bool Near(string text, DigitRun run, string[] words)
    {
        var from = Math.Max(0, run.Start - 40);
        var around = " " + TextNormalizer.Normalize(text.AsSpan(from, Math.Min(text.Length, run.Start + run.Length + 24) - from)) + " ";
        return words.Any(word => around.Contains(" " + word + " ", StringComparison.Ordinal));
    }

    private static IEnumerable<SensitiveSpan> Ibans(string text)
    {
        for (var start = 0; start + 15 <= text.Length; start++)
        {
            if (!char.IsAsciiLetter(text[start]) || !char.IsAsciiLetter(text[start + 1]) || !char.IsAsciiDigit(text[start + 2]) || !char.IsAsciiDigit(text[start + 3])) continue;
            if (start > 0 && char.IsAsciiLetterOrDigit(text[start - 1])) continue;
            var compact = new List<char>(34);
            var end = start;
            while (end < text.Length && compact.Count < 34 && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == ' '))
            {
                if (text[end] != ' ') compact.Add(char.ToUpperInvariant(text[end]));
                end++;
                if (compact.Count >= 15 && PassesMod97(compact) && (end == text.Length || !char.IsAsciiLetterOrDigit(text[end])))
                {
                    yield return new(start, end - start, "iban");
                    start = end;
                    break;
                }
            }
        }
    }

    private static bool PassesMod97(List<char> iban)
    {
        var remainder = 0;
        for (var index = 0; index < iban.Count; index++)
        {
            var character = iban[(index + 4) % iban.Count];
            remainder = char.IsAsciiDigit(character) ? ((remainder * 10) + character - '0') % 97 : ((remainder * 100) + character - 'A' + 10) % 97;
        }

        return remainder == 1;
    }
}
