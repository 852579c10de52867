namespace Waqtor.SmartBot;

/// <summary>Finds links: words with a scheme, with <c>www.</c>, or of the shape <c>host.tld/...</c>.</summary>
internal static class Links
{
    private static readonly string[] BareEndings = [".com", ".net", ".org", ".io", ".me", ".co", ".sa", ".ae", ".eg", ".ly", ".info", ".shop", ".store", ".link", ".app", ".xyz", ".ru", ".top", ".gl"];

    public static IEnumerable<FoundLink> Find(string text)
    {
        var index = 0;
        while (index < text.Length)
        {
            var end = index;
            while (end < text.Length && !char.IsWhiteSpace(text[end]) && text[end] is not ('<' or '>' or '"')) end++;
            if (end > index && Read(text, index, end) is { } link) yield return link;
            index = end + 1;
        }
    }

    private static FoundLink? Read(string text, int start, int end)
    {
        while (start < end && "([{'«،,".Contains(text[start], StringComparison.Ordinal)) start++;
        while (end > start && ".,;:!?)]}'»،؟".Contains(text[end - 1], StringComparison.Ordinal)) end--;
        if (end - start < 4) return null;
        var word = text.AsSpan(start, end - start);
        var scheme = SchemeOf(word);
        if (scheme is "javascript" or "data" or "vbscript") return new(start, end - start, "", scheme, false);

        var slashes = word.IndexOf("://");
        if (slashes < 0 && scheme.Length > 0) return null;
        if (slashes > 0)
        {
            // Text may be glued to the link: "هناhttps://...".
            var schemeStart = slashes;
            while (schemeStart > 0 && char.IsAsciiLetter(word[schemeStart - 1])) schemeStart--;
            start += schemeStart;
            scheme = word[schemeStart..slashes].ToString().ToLowerInvariant();
            word = word[(slashes + 3)..];
        }

        var authority = word[..(word.IndexOfAny('/', '?', '#') is var cut and >= 0 ? cut : word.Length)];
        var at = authority.LastIndexOf('@');
        if (slashes < 0 && at >= 0) return null;
        var host = authority[(at + 1)..];
        if (host.LastIndexOf(':') is var colon and > 0) host = host[..colon];
        var name = host.ToString().ToLowerInvariant();
        return slashes > 0 || IsBareHost(name) ? new(start, end - start, name, scheme, at >= 0) : null;
    }

    private static string SchemeOf(ReadOnlySpan<char> word)
    {
        var colon = word.IndexOf(':');
        if (colon is <= 0 or > 12) return "";
        foreach (var character in word[..colon]) if (!char.IsAsciiLetter(character)) return "";
        return word[..colon].ToString().ToLowerInvariant();
    }

    private static bool IsBareHost(string host) => host.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-')
        && (host.StartsWith("www.", StringComparison.Ordinal) || BareEndings.Any(ending => host.Length > ending.Length + 1 && host.EndsWith(ending, StringComparison.Ordinal)));
}
