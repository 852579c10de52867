namespace Waqtor.SmartBot;

/// <summary>
/// The rules and phrases that can be learnt from, in an order that does not depend on how they came: the same rules in another order, or with a
/// phrase twice, are the same training.
/// </summary>
internal sealed class TrainingSet
{
    private TrainingSet(List<RuleDefinition> rules, List<TrainingPhrase> phrases, bool hasSmallTalk, List<ModelWarning> warnings) =>
        (Rules, Phrases, HasSmallTalk, Warnings) = (rules, phrases, hasSmallTalk, warnings);

    public IReadOnlyList<RuleDefinition> Rules { get; }

    public IReadOnlyList<TrainingPhrase> Phrases { get; }

    public bool HasSmallTalk { get; }

    public IReadOnlyList<ModelWarning> Warnings { get; }

    public int Classes => Rules.Count + (HasSmallTalk ? 1 : 0);

    public static TrainingSet Of(IReadOnlyList<RuleDefinition> definitions, TrainingOptions options)
    {
        var warnings = new List<ModelWarning>();
        var rules = new List<RuleDefinition>();
        var phrases = new List<TrainingPhrase>();
        foreach (var rule in definitions.DistinctBy(rule => rule.Id).OrderBy(rule => rule.Id, StringComparer.Ordinal))
        {
            var usable = Usable(rule.Phrases);
            Warn(rule, usable, options, warnings);
            if (usable.Count == 0) continue;
            phrases.AddRange(usable.TakeLast(options.PhrasesPerRuleMax).OrderBy(phrase => phrase.Normal, StringComparer.Ordinal)
                .Select(phrase => new TrainingPhrase(rules.Count, -1, phrase.Text, phrase.Normal)));
            rules.Add(rule);
        }

        WarnOfSharedPhrases(rules, phrases, warnings);
        AddNegatives(rules, phrases, options);
        var smallTalk = options.SmallTalk && rules.Count > 0 ? SmallTalk.NotIn(phrases) : [];
        phrases.AddRange(smallTalk.Select(text => new TrainingPhrase(rules.Count, -1, text, TextNormalizer.Normalize(text))));
        return new(rules, phrases, smallTalk.Count > 0, warnings);
    }

    private static List<(string Text, string Normal)> Usable(IReadOnlyList<string> phrases) =>
        [.. phrases.Select(text => (Text: text, Normal: TextNormalizer.Normalize(text))).Where(phrase => phrase.Normal.Length > 0).DistinctBy(phrase => phrase.Normal)];

    private static void AddNegatives(List<RuleDefinition> rules, List<TrainingPhrase> phrases, TrainingOptions options)
    {
        var own = phrases.Select(phrase => (phrase.Class, phrase.Normal)).ToHashSet();
        for (var rule = 0; rule < rules.Count; rule++)
        {
            var negatives = Usable(rules[rule].NegativePhrases).TakeLast(options.PhrasesPerRuleMax).OrderBy(phrase => phrase.Normal, StringComparer.Ordinal);
            phrases.AddRange(negatives.Where(phrase => !own.Contains((rule, phrase.Normal))).Select(phrase => new TrainingPhrase(-1, rule, phrase.Text, phrase.Normal)));
        }
    }

    private static void Warn(RuleDefinition rule, List<(string Text, string Normal)> usable, TrainingOptions options, List<ModelWarning> warnings)
    {
        void Add(string code, string message) => warnings.Add(new(rule.Id, code, message));
        if (usable.Count == 0) Add("no_phrases", $"'{rule.Name}' has no example phrase with words in it, so nothing can match it.");
        else if (usable.Count < 4) Add("few_phrases", $"'{rule.Name}' has {usable.Count} example phrases; from about five on it is recognised well, ten are better.");
        if (usable.Count > options.PhrasesPerRuleMax) Add("too_many_phrases", $"'{rule.Name}' has {usable.Count} phrases; the last {options.PhrasesPerRuleMax} are used.");
        if (usable.Count < rule.Phrases.Count(phrase => TextNormalizer.Normalize(phrase).Length > 0)) Add("duplicate_phrase", $"'{rule.Name}' has phrases that are the same when spelling is set aside.");
    }

    private static void WarnOfSharedPhrases(List<RuleDefinition> rules, List<TrainingPhrase> phrases, List<ModelWarning> warnings)
    {
        foreach (var group in phrases.GroupBy(phrase => phrase.Normal, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            var names = string.Join(", ", group.Select(phrase => $"'{rules[phrase.Class].Name}'"));
            warnings.Add(new(rules[group.First().Class].Id, "phrase_in_two_rules", $"The phrase '{group.First().Text}' stands in {names}."));
        }
    }
}
