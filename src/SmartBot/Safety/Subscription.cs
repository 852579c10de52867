namespace Waqtor.SmartBot;

/// <summary>Whether a message, as a whole, ends or begins a subscription: what must be honoured at once, before anything else is looked at.</summary>
public static class Subscription
{
    // The longest of the words, with room for marks and spaces that the normal form does not have.
    private const int CharactersMax = 64;

    /// <summary>True: opts out. False: opts in. Null: speaks of something else.</summary>
    public static bool? OptsOut(string? text)
    {
        if (text is not { Length: > 0 and <= CharactersMax }) return null;
        var normal = TextNormalizer.Normalize(text);
        return ChoiceWords.OptOut.Contains(normal) ? true : ChoiceWords.OptIn.Contains(normal) ? false : null;
    }
}
