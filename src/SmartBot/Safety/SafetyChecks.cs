namespace Waqtor.SmartBot;

/// <summary>
/// Rules that look at every text before it is matched or shown to a model, and at every reply before it is sent. Each reads the text a fixed number of
/// times and uses no patterns that backtrack.
/// </summary>
public static class SafetyChecks
{
    public const string OptOut = "opt_out";
    public const string OptIn = "opt_in";
    public const string Help = "help";
    public const string Injection = "injection";
    public const string Abuse = "abuse";
    public const string Emergency = "emergency";
    public const string PersonalData = "personal_data";
    public const string Link = "link";
    public const string TooLong = "too_long";
    public const string Empty = "empty";
    public const string Secret = "secret";
    public const string ForeignPhone = "foreign_phone";
    public const string ForeignEmail = "foreign_email";
    public const string Card = "card";
    public const string Placeholder = "placeholder";

    /// <summary>Checks what a customer wrote. Only the first 4,096 characters are looked at.</summary>
    public static SafetyReport Inbound(string text, InboundPolicy? policy = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        policy ??= InboundPolicy.Default;
        var findings = new List<SafetyFinding>();
        if (text.Length > policy.CharactersMax) findings.Add(new(TooLong, policy.CharactersMax, text.Length - policy.CharactersMax, SafetyAction.Tag));

        var seen = text.Length > TextNormalizer.CharactersMax ? text[..TextNormalizer.CharactersMax] : text;
        var normal = TextNormalizer.Normalize(seen);
        var words = normal.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        AddWholeMessage(normal, seen.Length, policy, findings);
        if (!normal.Any(char.IsLetterOrDigit)) findings.Add(new(Empty, 0, seen.Length, SafetyAction.Tag, normal.Length > 0 ? "emoji" : null));
        if (InjectionMarks.Find(seen, words) is { } mark) findings.Add(new(Injection, 0, seen.Length, SafetyAction.Tag, mark));
        if (AbuseWords.Find(seen, words, policy.AbuseWords) is { } abuse) findings.Add(new(Abuse, 0, seen.Length, abuse.Action, abuse.Kind));
        if (AbuseWords.IsEmergency(normal)) findings.Add(new(Emergency, 0, seen.Length, SafetyAction.HandOver));
        findings.AddRange(SensitiveSpans.Find(seen).Select(span => new SafetyFinding(PersonalData, span.Start, span.Length, SafetyAction.Mask, span.Kind)));
        findings.AddRange(Links.Find(seen).Select(link => new SafetyFinding(Link, link.Start, link.Length, SafetyAction.Tag, link.Host)));
        findings.RemoveAll(finding => policy.Disabled.Contains(finding.Check));
        return Report(text, findings);
    }

    /// <summary>Checks what is about to be sent. A blocked reply must not go out.</summary>
    public static SafetyReport Outbound(string text, OutboundContext context)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(context);
        var findings = new List<SafetyFinding>();
        if (string.IsNullOrWhiteSpace(text)) findings.Add(new(Empty, 0, text.Length, SafetyAction.Block));
        if (text.Length > context.CharactersMax) findings.Add(new(TooLong, context.CharactersMax, text.Length - context.CharactersMax, SafetyAction.Block));
        foreach (var brace in (string[])["{{", "}}"])
        {
            var at = text.IndexOf(brace, StringComparison.Ordinal);
            if (at >= 0) findings.Add(new(Placeholder, at, 2, SafetyAction.Block));
        }

        OutboundRules.AddSecrets(text, context, findings);
        OutboundRules.AddForeignData(text, context, findings);
        OutboundRules.AddLinks(text, context, findings);
        return Report(text, findings);
    }

    // The whole message, never a part: "cancel my order" is a question for a rule, not an opt-out.
    private static void AddWholeMessage(string normal, int length, InboundPolicy policy, List<SafetyFinding> findings)
    {
        if (normal.Length is 0 or > 64) return;
        if (ChoiceWords.OptOut.Contains(normal) || IsOneOf(normal, policy.OptOutWords)) findings.Add(new(OptOut, 0, length, SafetyAction.Block));
        else if (ChoiceWords.OptIn.Contains(normal) || IsOneOf(normal, policy.OptInWords)) findings.Add(new(OptIn, 0, length, SafetyAction.Tag));
        else if (ChoiceWords.Help.Contains(normal)) findings.Add(new(Help, 0, length, SafetyAction.Tag));
    }

    private static bool IsOneOf(string normal, IReadOnlyCollection<string> words) => words.Any(word => TextNormalizer.Normalize(word) == normal);

    private static SafetyReport Report(string text, List<SafetyFinding> findings)
    {
        var masks = findings.Where(finding => finding.Action == SafetyAction.Mask).ToList();
        var ordered = findings.OrderBy(finding => finding.Start).ThenBy(finding => finding.Check, StringComparer.Ordinal).ToList();
        if (masks.Count == 0) return new(ordered, text);

        var characters = text.ToCharArray();
        foreach (var mask in masks) Array.Fill(characters, '•', mask.Start, mask.Length);
        return new(ordered, new(characters));
    }
}
