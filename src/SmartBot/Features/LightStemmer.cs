namespace Waqtor.SmartBot;

/// <summary>
/// Takes the commonest beginnings and endings off a word in its normal form. A stem is always a part of the word, so nothing is copied; it need
/// not be a word itself, only the same for forms of one word.
/// </summary>
internal static class LightStemmer
{
    private static readonly string[] ArabicArticles = ["وبال", "وال", "بال", "كال", "فال", "عال", "هال", "شال", "ولل", "فلل", "لل", "ال"];

    private static readonly string[] ArabicSuffixes = ["تهم", "تها", "تكم", "تنا", "كما", "هما", "ها", "هم", "هن", "كم", "كن", "نا", "ات", "ون", "ين", "ان", "يه", "تي", "تك", "ته", "وا", "ني", "ه", "ي", "ك", "ت"];

    public static ReadOnlySpan<char> Stem(ReadOnlySpan<char> word)
    {
        if (word.Length < 3) return word;
        return Script.IsArabic(word[0]) ? Arabic(word) : char.IsAsciiLetter(word[0]) ? English(word) : word;
    }

    /// <summary>The word without its article or conjunction, which is how a lexicon lists it.</summary>
    public static ReadOnlySpan<char> WithoutArticle(ReadOnlySpan<char> word)
    {
        if (word.Length < 4 || !Script.IsArabic(word[0])) return word;
        foreach (var article in ArabicArticles)
        {
            if (word.Length >= article.Length + 3 && word.StartsWith(article, StringComparison.Ordinal)) return word[article.Length..];
        }

        return word;
    }

    private static ReadOnlySpan<char> Arabic(ReadOnlySpan<char> word)
    {
        if (word.Length < 4) return word;
        var bare = WithoutArticle(word);
        if (bare.Length == word.Length && word.Length >= 5 && word[0] is 'و' or 'ف' or 'ب' or 'ل' or 'ك' or 'س' or 'ه' or 'ح') bare = word[1..];
        foreach (var suffix in ArabicSuffixes)
        {
            if (bare.Length >= suffix.Length + 3 && bare.EndsWith(suffix, StringComparison.Ordinal)) return bare[..^suffix.Length];
        }

        return bare;
    }

    private static ReadOnlySpan<char> English(ReadOnlySpan<char> word)
    {
        if (word.Length < 4) return word;
        if (word.EndsWith("ies") && word.Length > 4) return word[..^3];
        if (word.EndsWith("s") && !word.EndsWith("ss") && !word.EndsWith("us")) word = word[..^1];
        if (word.Length > 5 && word.EndsWith("ing")) word = WithoutDouble(word[..^3]);
        else if (word.Length > 4 && word.EndsWith("ed")) word = WithoutDouble(word[..^2]);
        else if (word.Length > 6 && word.EndsWith("ion")) word = word[..^3];
        else if (word.Length > 6 && word.EndsWith("ment")) word = word[..^4];
        if (word.Length > 3 && word[^1] is 'e' or 'y') word = word[..^1];
        return word;
    }

    // "stopping" is "stop", but "calling" is "call".
    private static ReadOnlySpan<char> WithoutDouble(ReadOnlySpan<char> word) =>
        word.Length > 3 && word[^1] == word[^2] && word[^1] is not ('l' or 's' or 'e' or 'o') ? word[..^1] : word;
}
