using System.Buffers;
using System.Text;

namespace Waqtor.SmartBot;

/// <summary>
/// Brings a text to the form that everything here compares: lower case, one spelling per letter, no marks, one space between words.
/// One pass without patterns, so the time is proportional to the length, which is capped. Applying it twice changes nothing.
/// </summary>
public static class TextNormalizer
{
    /// <summary>Characters that are looked at; what a message has beyond them is not. Default of the inbound size limit as well.</summary>
    public const int CharactersMax = 4096;

    // The longest thing that one character becomes, with the spaces around it.
    private const int ExpansionMax = 4;

    /// <summary>The normal form, empty when nothing is left (only punctuation, only marks).</summary>
    public static string Normalize(string? text) => string.IsNullOrEmpty(text) ? "" : Normalize(text.AsSpan());

    /// <inheritdoc cref="Normalize(string?)"/>
    public static string Normalize(ReadOnlySpan<char> text)
    {
        var buffer = ArrayPool<char>.Shared.Rent(LengthMax(text.Length));
        try
        {
            return new string(buffer, 0, Normalize(text, buffer));
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }

    /// <summary>How long a buffer must be for a text of this many characters.</summary>
    internal static int LengthMax(int characters) => (Math.Min(characters, CharactersMax) * ExpansionMax) + 2;

    /// <summary>Writes the normal form and answers its length.</summary>
    internal static int Normalize(ReadOnlySpan<char> text, Span<char> destination)
    {
        var writer = new NormalFormWriter(destination);
        text = text[..Math.Min(text.Length, CharactersMax)];
        while (!text.IsEmpty)
        {
            // A broken surrogate comes out as U+FFFD, which is no letter and so a space.
            Rune.DecodeFromUtf16(text, out var rune, out var used);
            text = text[used..];
            writer.Append(rune);
        }

        return writer.Finish();
    }
}
