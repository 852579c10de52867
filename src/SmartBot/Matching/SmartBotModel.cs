namespace Waqtor.SmartBot;

/// <summary>
/// A trained matcher: immutable, safe to use from any thread, replaced as a whole. The same rules, lexicon and options always give the same model.
/// </summary>
public sealed class SmartBotModel
{
    private const int TopCount = 3;

    // Rules closer than this match equally well; the operator's priority decides between them.
    private const float TieWidth = 0.02f;

    // How fast the share of a candidate behind the first falls with its score.
    private const double ShareSharpness = 4;

    // How fast a lead over the second rule makes the first one sure: half a point of score leaves a twentieth of doubt.
    private const double LeadSharpness = 6;

    private readonly TrainingSet _set;
    private readonly TrainingOptions _options;
    private readonly Vectorizer _vectorizer;
    private readonly SparseRows _rows;
    private readonly TrainedMatcher _words;
    private readonly TrainedMatcher? _vectors;
    private readonly (int From, int To)[] _rowsOf;
    private readonly Dictionary<string, int> _exact = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int[]> _refused = new(StringComparer.Ordinal);
    private QueryBuffer? _spare;

    private SmartBotModel(TrainingSet set, ConceptLexicon lexicon, TrainingOptions options, CancellationToken cancellationToken)
    {
        (_set, _options) = (set, options);
        (_vectorizer, _rows) = PhraseVectors.Of(set, new FeatureExtractor(lexicon), cancellationToken);
        _words = TrainedMatcher.Train(set, _rows, _vectorizer.Vocabulary.Count, options, null, cancellationToken);
        var dense = PhraseVectors.Dense(set, options);
        _vectors = dense is null ? null : TrainedMatcher.Train(set, _rows, _vectorizer.Vocabulary.Count, options, dense, cancellationToken);
        _rowsOf = new (int, int)[set.Rules.Count];
        IndexPhrases();
        Summary = ModelSummaries.Of(set, _vectorizer.Vocabulary.Count, _vectors ?? _words);
    }

    /// <summary>What the training found out.</summary>
    public ModelSummary Summary { get; }

    internal TrainedMatcher Words => _words;

    /// <summary>Trains a model. Takes time in proportion to the phrases: keep it off any path that somebody waits on.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static SmartBotModel Train(
        IReadOnlyList<RuleDefinition> rules, ConceptLexicon lexicon, TrainingOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(lexicon);
        ArgumentNullException.ThrowIfNull(options);
        cancellationToken.ThrowIfCancellationRequested();
        return new(TrainingSet.Of(rules, options), lexicon, options, cancellationToken);
    }

    /// <summary>Finds the rules that a text may mean.</summary>
    /// <param name="text">What the customer wrote; only the first <see cref="TextNormalizer.CharactersMax"/> characters count.</param>
    /// <param name="vector">The text's dense vector by the embedder that made the phrases' vectors; without it the words alone decide.</param>
    public MatchResult Match(string text, ReadOnlySpan<float> vector = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (_set.Rules.Count == 0) return MatchResult.None;
        var query = Interlocked.Exchange(ref _spare, null) ?? new QueryBuffer();
        try
        {
            return Match(text, vector, query);
        }
        finally
        {
            _spare = query;
        }
    }

    /// <summary>The evidence for the first rule and the score that small talk reached, for measurements.</summary>
    internal (int Rule, Evidence Evidence, float SmallTalk) Weigh(string text)
    {
        var query = new QueryBuffer();
        _vectorizer.Fill(text, query);
        query.Reserve(_set.Classes, _vectorizer.Vocabulary.Count);
        _words.Linear.Score(query, default);
        Span<int> top = [-1, -1, -1];
        Rank(query, top, []);
        Span<(float, int)> nearest = stackalloc (float, int)[TopCount];
        FindNearest(query, top, null, default, nearest);
        return (top[0], EvidenceOf(query, top, nearest), _set.HasSmallTalk ? query.Scores[^1] : float.MinValue);
    }

    private MatchResult Match(string text, ReadOnlySpan<float> vector, QueryBuffer query)
    {
        var known = _vectorizer.Fill(text, query);
        var normal = query.Features.Normal.AsSpan(0, query.Features.NormalLength);
        if (normal.IsEmpty) return MatchResult.None;
        var isExact = _exact.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(normal, out var exact);
        _refused.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(normal, out var refused);

        var dense = _vectors?.Linear.Dense is { } channel && vector.Length == channel.Dimensions ? DenseChannel.Unit(vector) : null;
        if (known <= 0 && dense is null) return MatchResult.None;
        var matcher = dense is null ? _words : _vectors!;
        query.Reserve(_set.Classes, _vectorizer.Vocabulary.Count);
        matcher.Linear.Score(query, dense);

        Span<int> top = [-1, -1, -1];
        Rank(query, top, refused);
        if (isExact) MoveToFront(top, exact);
        if (top[0] < 0) return MatchResult.None;
        Span<(float Similarity, int Row)> nearest = stackalloc (float, int)[TopCount];
        FindNearest(query, top, matcher.Linear.Dense, dense, nearest);
        return isExact ? Exact(query, top, nearest) : Judged(query, top, nearest, matcher.Calibration);
    }

    private void Rank(QueryBuffer query, Span<int> top, int[]? refused)
    {
        for (var rule = 0; rule < _set.Rules.Count; rule++)
        {
            if (refused is null || Array.IndexOf(refused, rule) < 0) RankedRules.Insert(top, rule, query.Scores);
        }

        if (top[1] >= 0 && query.Scores[top[0]] - query.Scores[top[1]] < TieWidth && _set.Rules[top[1]].Priority > _set.Rules[top[0]].Priority)
        {
            (top[0], top[1]) = (top[1], top[0]);
        }
    }

    private static void MoveToFront(Span<int> top, int rule)
    {
        var rank = Math.Max(0, top.IndexOf(rule) is var found and >= 0 ? found : top.Length - 1);
        top[..rank].CopyTo(top[1..]);
        top[0] = rule;
    }

    private void FindNearest(QueryBuffer query, ReadOnlySpan<int> top, DenseChannel? channel, ReadOnlySpan<float> dense, Span<(float Similarity, int Row)> nearest)
    {
        var spread = query.Dense.AsSpan();
        for (var index = 0; index < query.Count; index++) spread[query.Ids[index]] = query.Values[index];
        for (var rank = 0; rank < top.Length; rank++)
        {
            nearest[rank] = (0, -1);
            if (top[rank] < 0) continue;
            nearest[rank] = (-1, _rowsOf[top[rank]].From);
            for (var row = _rowsOf[top[rank]].From; row < _rowsOf[top[rank]].To; row++)
            {
                var similarity = _rows.Dot(row, spread);
                if (channel is not null) similarity = ((1 - channel.Share) * similarity) + (channel.Share * GramMatrix.Dot(channel.PhraseVectors[row], dense));
                if (similarity > nearest[rank].Similarity) nearest[rank] = (similarity, row);
            }
        }

        foreach (var id in query.Ids) spread[id] = 0;
    }

    private static Evidence EvidenceOf(QueryBuffer query, ReadOnlySpan<int> top, ReadOnlySpan<(float Similarity, int Row)> nearest)
    {
        var score = query.Scores[top[0]];
        var rival = Math.Max(nearest[1].Similarity, nearest[2].Similarity);
        return new(score, top[1] < 0 ? score : score - query.Scores[top[1]], query.Cosines[top[0]], nearest[0].Similarity, rival - nearest[0].Similarity);
    }

    private MatchResult Judged(QueryBuffer query, ReadOnlySpan<int> top, ReadOnlySpan<(float Similarity, int Row)> nearest, Calibration calibration)
    {
        var evidence = EvidenceOf(query, top, nearest);
        var confidence = Math.Min(calibration.Confidence(evidence), ShareOfFirst(query, top));
        var candidates = Candidates(query, top, nearest, confidence);
        var margin = candidates.Count > 1 ? confidence - candidates[1].Confidence : confidence;
        var isSmallTalk = _set.HasSmallTalk && query.Scores[^1] > evidence.Score + calibration.SmallTalkLead;
        var isOut = isSmallTalk || evidence.Score < calibration.Gate;
        return new(candidates, margin, isOut, isOut ? MatchDecision.Pass : Decide(confidence, margin));
    }

    // Of two rules that fit equally well neither is meant for sure, however well they fit; unless the operator said which goes first.
    private double ShareOfFirst(QueryBuffer query, ReadOnlySpan<int> top)
    {
        if (top[1] < 0) return 1;
        var lead = query.Scores[top[0]] - query.Scores[top[1]];
        if (lead < TieWidth && _set.Rules[top[0]].Priority > _set.Rules[top[1]].Priority) return 1;
        return 1 / (1 + Math.Exp(-LeadSharpness * lead));
    }

    private MatchResult Exact(QueryBuffer query, ReadOnlySpan<int> top, ReadOnlySpan<(float Similarity, int Row)> nearest)
    {
        var candidates = Candidates(query, top, nearest, 1);
        return new(candidates, 1, false, MatchDecision.Answer);
    }

    // What the first does not have is shared out among the next ones by their scores.
    private List<Candidate> Candidates(QueryBuffer query, ReadOnlySpan<int> top, ReadOnlySpan<(float Similarity, int Row)> nearest, double confidence)
    {
        double sum = 0;
        for (var rank = 1; rank < top.Length; rank++) if (top[rank] >= 0) sum += Math.Exp(ShareSharpness * (query.Scores[top[rank]] - query.Scores[top[1]]));
        var candidates = new List<Candidate>(TopCount);
        for (var rank = 0; rank < top.Length && top[rank] >= 0; rank++)
        {
            var share = rank == 0 ? confidence : Math.Min(confidence, (1 - confidence) * Math.Exp(ShareSharpness * (query.Scores[top[rank]] - query.Scores[top[1]])) / sum);
            candidates.Add(new(_set.Rules[top[rank]].Id, _set.Rules[top[rank]].Name, share, _set.Phrases[nearest[rank].Row].Text));
        }

        return candidates;
    }

    private MatchDecision Decide(double confidence, double margin)
    {
        if (confidence >= _options.AnswerThreshold) return MatchDecision.Answer;
        if (confidence < _options.ConsiderThreshold) return MatchDecision.Pass;
        return margin >= _options.ClearMargin ? MatchDecision.Answer : MatchDecision.Menu;
    }

    private void IndexPhrases()
    {
        for (var row = 0; row < _set.Phrases.Count; row++)
        {
            var phrase = _set.Phrases[row];
            if (phrase.NegativeOf >= 0)
            {
                _refused[phrase.Normal] = [.. _refused.GetValueOrDefault(phrase.Normal, []), phrase.NegativeOf];
            }
            else if (phrase.Class < _set.Rules.Count)
            {
                _rowsOf[phrase.Class] = _rowsOf[phrase.Class] is (0, 0) ? (row, row + 1) : (_rowsOf[phrase.Class].From, row + 1);
                if (!_exact.TryGetValue(phrase.Normal, out var held) || _set.Rules[held].Priority < _set.Rules[phrase.Class].Priority) _exact[phrase.Normal] = phrase.Class;
            }
        }
    }
}
