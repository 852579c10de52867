namespace Waqtor.SmartBot;

/// <summary>Judges rules one by one and keeps the report of a file.</summary>
internal sealed class RuleCheck
{
    private readonly List<RuleEntry> _rules = [];
    private readonly List<RuleProblem> _problems = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _ruleByPhrase = new(StringComparer.Ordinal);

    public RuleImport Result => new(_rules, _problems);

    public static RuleImport Refused(string code, string message) => new([], [new(0, null, code, message, true)]);

    public void Report(int row, string? field, string code, string message, bool isError = true) => _problems.Add(new(row, field, code, message, isError));

    /// <summary>Takes the rule when it has no error; <paramref name="before"/> is what reading it has already found.</summary>
    public void Take(RuleEntry rule, int row, bool before = false)
    {
        if (_rules.Count >= RuleDocument.RulesMax)
        {
            if (_rules.Count == RuleDocument.RulesMax && !_problems.Exists(problem => problem is { Row: 0, Code: "too_many" }))
            {
                Report(0, null, "too_many", $"Only the first {RuleDocument.RulesMax} rules were read.");
            }

            return;
        }

        var found = Check(rule, row);
        _problems.AddRange(found);
        if (!before && found.All(problem => !problem.IsError)) _rules.Add(rule);
    }

    public IReadOnlyList<RuleProblem> Check(RuleEntry rule, int row)
    {
        var found = new List<RuleProblem>();
        void Add(string field, string code, string message, bool isError = true) => found.Add(new(row, field, code, message, isError));

        if (string.IsNullOrWhiteSpace(rule.Name)) Add("name", "required", "A rule needs a name.");
        else if (rule.Name.Length > RuleDocument.NameCharactersMax) Add("name", "too_long", $"A name has {RuleDocument.NameCharactersMax} characters at most.");
        else if (!_names.Add(rule.Name)) Add("name", "duplicate", "Another rule has this name.", false);
        if (rule.Id is { } id && !_ids.Add(id)) Add("id", "duplicate", "Another rule in this file has this id.");
        if (rule.Id is { Length: 0 or > 100 }) Add("id", "invalid", "An id has 1-100 characters.");
        if (rule.Language is { } language && !IsLanguage(language)) Add("language", "invalid", "A language is a tag such as ar or en.");
        if (rule.Phrases.All(phrase => TextNormalizer.Normalize(phrase).Length == 0)) Add("phrases", "required", "A rule needs at least one example phrase.");
        foreach (var (field, phrases) in (ReadOnlySpan<(string, IReadOnlyList<string>)>)[("phrases", rule.Phrases), ("negativePhrases", rule.NegativePhrases)])
        {
            if (phrases.Count > RuleDocument.PhrasesMax) Add(field, "too_many", $"A rule has {RuleDocument.PhrasesMax} phrases at most.");
            if (phrases.Any(phrase => phrase.Length > RuleDocument.PhraseCharactersMax)) Add(field, "too_long", $"A phrase has {RuleDocument.PhraseCharactersMax} characters at most.");
        }

        if (string.IsNullOrWhiteSpace(rule.Reply) && rule.Interactive is null) Add("reply", "required", "A rule needs a reply or an interactive message.");
        if (rule.Reply is { } reply && !ReplyTemplate.TryParse(reply, out _, out var error)) Add("reply", "invalid", $"At {error!.Position}: {error.Message}");
        if (found.All(problem => !problem.IsError)) AddSharedPhrases(rule, row, found);
        return found;
    }

    private void AddSharedPhrases(RuleEntry rule, int row, List<RuleProblem> found)
    {
        foreach (var phrase in rule.Phrases.Select(TextNormalizer.Normalize).Where(phrase => phrase.Length > 0).Distinct(StringComparer.Ordinal))
        {
            if (!_ruleByPhrase.TryAdd(phrase, rule.Name)) found.Add(new(row, "phrases", "duplicate", $"The phrase '{phrase}' stands in '{_ruleByPhrase[phrase]}' as well.", false));
        }
    }

    private static bool IsLanguage(string language) => language.Length is >= 2 and <= 12 && language.All(character => char.IsAsciiLetterOrDigit(character) || character == '-');
}
