using System.Text;

namespace Waqtor.SmartBot;

/// <summary>Tells the language of a text by its script and its small words, and the dialect of Arabic by words that only one dialect uses.</summary>
public static class LanguageDetector
{
    /// <summary>The language of a text; looks at the first <see cref="TextNormalizer.CharactersMax"/> characters.</summary>
    public static DetectedLanguage Detect(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var letters = ScriptCounts.Of(text);
        if (letters.Total == 0) return new("und");
        if (letters.Arabic + letters.Latin < letters.Other) return new(letters.OtherLanguage);

        var share = letters.Arabic / (double)(letters.Arabic + letters.Latin);
        if (share >= 0.7) return letters.IsUrdu ? new("ur") : letters.IsPersian ? new("fa") : new("ar", LanguageMarkers.DialectOf(Words(text)));
        return share > 0.3 ? new("mixed", LanguageMarkers.DialectOf(Words(text))) : LanguageMarkers.LatinLanguageOf(Words(text));
    }

    private static string[] Words(string text) => TextNormalizer.Normalize(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
