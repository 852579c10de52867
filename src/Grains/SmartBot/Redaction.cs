using System.Text;
using Waqtor.Messages;

namespace Waqtor.SmartBot;

/// <summary>A text as it may leave for an outside model or stay in a queue for people: without numbers and names that belong to the customer.</summary>
internal static class Redaction
{
    private const int NameCharactersMin = 3;
    private const int PhoneTailCharacters = 7;

    public static string Of(string text, ContactIdentity? contact)
    {
        var masked = SafetyChecks.Inbound(text).MaskedText;
        if (contact?.Phone is { } phone) masked = WithoutPhone(masked, phone);
        if (contact?.Name is not { Length: > 0 } name) return masked;
        foreach (var part in name.Split([' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Append(name).OrderByDescending(part => part.Length))
        {
            if (part.Length >= NameCharactersMin) masked = masked.Replace(part, new string('•', part.Length), StringComparison.OrdinalIgnoreCase);
        }

        return masked;
    }

    // The customer's own number, however it is spaced and with or without the country code.
    private static string WithoutPhone(string text, string phone)
    {
        if (phone.Length < PhoneTailCharacters) return text;
        var tail = phone[^PhoneTailCharacters..];
        var characters = text.ToCharArray();
        for (var start = 0; start < text.Length; start++)
        {
            if (!char.IsDigit(text[start])) continue;
            var digits = new StringBuilder();
            var end = start;
            for (var i = start; i < text.Length && (char.IsDigit(text[i]) || " -.()".Contains(text[i], StringComparison.Ordinal)); i++)
            {
                if (!char.IsDigit(text[i])) continue;
                digits.Append((int)char.GetNumericValue(text[i]));
                end = i;
            }

            if (digits.ToString().Contains(tail, StringComparison.Ordinal)) Array.Fill(characters, '•', start, end - start + 1);
            start = end;
        }

        return new string(characters);
    }
}
