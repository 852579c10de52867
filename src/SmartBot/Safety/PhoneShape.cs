namespace Waqtor.SmartBot;

/// <summary>Whether digits are a phone number: international with a plus, a known country code, or the national mobile forms of the region.</summary>
internal static class PhoneShape
{
    private static readonly string[] CountryCodes =
    [
        "966", "971", "965", "973", "974", "968", "967", "962", "961", "963", "964", "970", "972", "249", "218", "216", "213", "212",
    ];

    public static bool Is(DigitRun run)
    {
        var digits = run.Digits;
        if (run.HasPlus) return digits.Length is >= 8 and <= 15;
        if (digits.StartsWith("00", StringComparison.Ordinal)) return digits.Length is >= 10 and <= 17 && digits[2] != '0';
        if (digits.Length is 11 or 12 && CountryCodes.Any(code => digits.StartsWith(code, StringComparison.Ordinal))) return true;
        if (digits.Length == 12 && digits.StartsWith("201", StringComparison.Ordinal)) return true;
        return digits.Length switch
        {
            10 => digits[0] == '0' && digits[1] is '5' or '6' or '7' or '9',
            11 => digits[0] == '0' && ((digits[1] == '1' && digits[2] is '0' or '1' or '2' or '5') || digits[1] == '7'),
            _ => false,
        };
    }

    /// <summary>The part by which two spellings of one number are the same: the last nine digits.</summary>
    public static string Tail(string digits) => digits.Length > 9 ? digits[^9..] : digits;
}
