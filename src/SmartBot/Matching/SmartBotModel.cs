namespace Waqtor.SmartBot;

/// <summary>
/// A trained matcher: immutable, safe to use from any thread, replaced as a whole. The same rules, lexicon and options always give the same model.
/// </summary>
public sealed class SmartBotModel
{
    private readonly TrainingOptions _options;
    private readonly List<RuleDefinition> _rules;
    private readonly List<Dictionary<string, double>> _centroids = [];
    private readonly Dictionary<string, double> _weights = new(StringComparer.Ordinal);

    private SmartBotModel(List<RuleDefinition> rules, TrainingOptions options)
    {
        _rules = rules;
        _options = options;
        foreach (var word in rules.SelectMany(rule => rule.Phrases.SelectMany(Words).Distinct(StringComparer.Ordinal)))
        {
            _weights[word] = _weights.GetValueOrDefault(word) + 1;
        }

        foreach (var word in _weights.Keys.ToList()) _weights[word] = Math.Log((1 + rules.Count) / (1 + _weights[word])) + 1;
        _centroids.AddRange(rules.Select(rule => Unit(rule.Phrases.SelectMany(Words))));
        Summary = new(rules.Count, rules.Sum(rule => rule.Phrases.Count), _weights.Count, null, new Dictionary<string, double>(), false,
            rules.ToDictionary(rule => rule.Id, IReadOnlyList<string> (rule) => [.. rule.Phrases.Select(phrase => LanguageDetector.Detect(phrase).Language).Distinct()]), []);
    }

    /// <summary>What the training found out.</summary>
    public ModelSummary Summary { get; }

    /// <summary>Trains a model. Takes time in proportion to the phrases: keep it off any path that somebody waits on.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static SmartBotModel Train(
        IReadOnlyList<RuleDefinition> rules, ConceptLexicon lexicon, TrainingOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(lexicon);
        cancellationToken.ThrowIfCancellationRequested();
        return new([.. rules.Where(rule => rule.Phrases.Any(phrase => TextNormalizer.Normalize(phrase).Length > 0))], options);
    }

    /// <summary>Finds the rules that a text may mean.</summary>
    /// <param name="text">What the customer wrote; only the first <see cref="TextNormalizer.CharactersMax"/> characters count.</param>
    /// <param name="vector">The text's dense vector by the embedder that made the phrases' vectors; without it the words alone decide.</param>
    public MatchResult Match(string text, ReadOnlySpan<float> vector = default)
    {
        var normal = TextNormalizer.Normalize(text);
        var exact = _rules.Where(rule => rule.Phrases.Any(phrase => TextNormalizer.Normalize(phrase) == normal)).MaxBy(rule => rule.Priority);
        if (normal.Length > 0 && exact is not null) return new([new(exact.Id, exact.Name, 1, text)], 1, false, MatchDecision.Answer);
        var query = Unit(Words(text));
        if (query.Count == 0 || _rules.Count == 0) return MatchResult.None;
        var top = _rules.Select((rule, index) => (Rule: rule, Score: query.Sum(word => word.Value * _centroids[index].GetValueOrDefault(word.Key))))
            .OrderByDescending(entry => entry.Score).ThenByDescending(entry => entry.Rule.Priority).Take(3)
            .Where(entry => entry.Score > 0)
            .Select(entry => new Candidate(entry.Rule.Id, entry.Rule.Name, Math.Min(1, entry.Score), entry.Rule.Phrases[0])).ToList();
        if (top.Count == 0) return MatchResult.None;
        var margin = top[0].Confidence - (top.Count > 1 ? top[1].Confidence : 0);
        var decision = top[0].Confidence >= _options.AnswerThreshold || (top[0].Confidence >= _options.ConsiderThreshold && margin >= _options.ClearMargin)
            ? MatchDecision.Answer
            : top[0].Confidence >= _options.ConsiderThreshold ? MatchDecision.Menu : MatchDecision.Pass;
        return new(top, margin, top[0].Confidence < 0.2, decision);
    }

    private static IEnumerable<string> Words(string text) => TextNormalizer.Normalize(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private Dictionary<string, double> Unit(IEnumerable<string> words)
    {
        var vector = words.CountBy(word => word).ToDictionary(word => word.Key, word => (1 + Math.Log(word.Value)) * _weights.GetValueOrDefault(word.Key, 1));
        var norm = Math.Sqrt(vector.Values.Sum(value => value * value));
        foreach (var word in vector.Keys.ToList()) vector[word] /= norm;
        return vector;
    }
}
