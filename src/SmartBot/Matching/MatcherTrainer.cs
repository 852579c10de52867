namespace Waqtor.SmartBot;

/// <summary>
/// Trains matcher and calibration from a training set. Two ways to the same planes: over the products of phrases when there are few enough of them
/// (then cross-validation is nearly free), else over features with one part held out.
/// </summary>
internal sealed class MatcherTrainer
{
    private const int GramPhrasesMax = 2600;
    private const int FoldsMax = 5;
    private const int RulesForPlanes = 3;
    private const int PhrasesForCalibration = 4;
    private const int RulesForCalibration = 6;
    private const double ManyPhrases = 50;

    private readonly TrainingSet _set;
    private readonly TrainingOptions _options;
    private readonly SparseRows _rows;
    private readonly int _features;
    private readonly float[][]? _vectors;
    private readonly int[] _classOf;
    private readonly int[] _foldOf;
    private readonly int _folds;
    private readonly double _cost;
    private readonly Dictionary<(int Rule, int Fold), int[]> _members = [];
    private readonly CancellationToken _cancellationToken;

    public MatcherTrainer(TrainingSet set, SparseRows rows, int features, TrainingOptions options, float[][]? vectors, CancellationToken cancellationToken)
    {
        (_set, _rows, _features, _options, _vectors, _cancellationToken) = (set, rows, features, options, vectors, cancellationToken);
        _classOf = [.. set.Phrases.Select(phrase => phrase.Class)];
        var perRule = set.Rules.Select((_, rule) => _classOf.Count(held => held == rule)).ToArray();
        var mean = perRule.Length == 0 ? 0 : perRule.Average();
        CentreWeight = Tuning.CentreWeight * Math.Clamp((ManyPhrases + 10 - mean) / ManyPhrases, 0, 1);
        _cost = mean > ManyPhrases ? 1 : Tuning.Cost;
        UsesPlanes = set.Rules.Count >= RulesForPlanes;
        _folds = (int)Math.Clamp(mean, 2, FoldsMax);
        _foldOf = Folds(perRule);
        CanCalibrate = set.Rules.Count >= RulesForCalibration && mean >= PhrasesForCalibration;
    }

    public double CentreWeight { get; }

    public bool UsesPlanes { get; }

    public bool CanCalibrate { get; }

    public List<HeldOutPhrase> HeldOut { get; } = [];

    public LinearMatcher Train() => _rows.Count <= GramPhrasesMax ? TrainByPhrases() : TrainByFeatures();

    private LinearMatcher TrainByPhrases()
    {
        var gram = GramMatrix.Of(_rows, _features, _cancellationToken);
        if (_vectors is not null) gram = gram.With(_vectors, _options.VectorWeight);
        var solver = new SvmSolver(gram);
        var full = new float[_set.Classes][];
        var biases = new float[_set.Classes];
        for (var rule = 0; rule < _set.Classes; rule++)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            full[rule] = new float[_rows.Count];
            if (UsesPlanes) biases[rule] = solver.Solve(PositivesOf(rule), ActiveFor(rule, -1), _cost, full[rule], SvmSolver.Exact);
        }

        if (_set.Rules.Count > 1) ValidateByPhrases(gram, solver, full);
        return Assemble(full, biases, gram);
    }

    private void ValidateByPhrases(GramMatrix gram, SvmSolver solver, float[][] full)
    {
        var scores = new float[_rows.Count, _set.Classes];
        var cosines = new float[_rows.Count, _set.Classes];
        var shares = new float[_rows.Count];
        for (var fold = 0; fold < _folds; fold++)
        {
            var held = Enumerable.Range(0, _rows.Count).Where(row => _foldOf[row] == fold).ToArray();
            for (var rule = 0; rule < _set.Classes; rule++)
            {
                _cancellationToken.ThrowIfCancellationRequested();
                AddCosines(gram, rule, fold, held, cosines);
                float bias = 0;
                if (UsesPlanes)
                {
                    full[rule].CopyTo(shares.AsSpan());
                    foreach (var row in held) shares[row] = 0;
                    bias = solver.Solve(PositivesOf(rule), ActiveFor(rule, fold), _cost, shares, SvmSolver.Rough);
                }

                foreach (var row in held)
                {
                    scores[row, rule] = (UsesPlanes ? solver.ScoreOf(row, bias) : 0) + (float)(CentreWeight * cosines[row, rule]);
                }
            }

            foreach (var row in held) HeldOut.Add(Judge(row, rule => scores[row, rule], rule => cosines[row, rule], (other, _) => gram[row, other], fold));
        }
    }

    private void AddCosines(GramMatrix gram, int rule, int fold, int[] held, float[,] cosines)
    {
        var members = MembersOf(rule, fold);
        double square = 0;
        foreach (var member in members) foreach (var other in members) square += gram[member, other];
        var norm = Math.Sqrt(square);
        foreach (var row in held)
        {
            double sum = 0;
            foreach (var member in members) sum += gram[row, member];
            cosines[row, rule] = norm > 0 ? (float)(sum / norm) : 0;
        }
    }

    private HeldOutPhrase Judge(int row, Func<int, float> score, Func<int, float> cosine, Func<int, int, float> similarity, int fold)
    {
        Span<int> top = [-1, -1, -1];
        for (var rule = 0; rule < _set.Rules.Count; rule++) RankedRules.Insert(top, rule, score);
        var nearest = Nearest(top[0], row, similarity, fold);
        var rival = 0f;
        for (var rank = 1; rank < top.Length; rank++) if (top[rank] >= 0) rival = Math.Max(rival, Nearest(top[rank], row, similarity, fold));
        var evidence = new Evidence(score(top[0]), top[1] < 0 ? score(top[0]) : score(top[0]) - score(top[1]), cosine(top[0]), nearest, rival - nearest);
        return new(_classOf[row], top[0], evidence, _set.HasSmallTalk ? score(_set.Rules.Count) - score(top[0]) : float.MinValue);
    }

    private float Nearest(int rule, int row, Func<int, int, float> similarity, int fold)
    {
        var nearest = 0f;
        foreach (var member in MembersOf(rule, fold)) nearest = Math.Max(nearest, similarity(member, row));
        return nearest;
    }

    private LinearMatcher TrainByFeatures()
    {
        var (planes, biases) = SolveByFeatures(-1);
        var centres = Centres(-1, null);
        ValidateByFeatures();
        return new(_features, planes, centres, biases, CentreWeight, null);
    }

    // One fold only: with this many phrases it holds enough.
    private void ValidateByFeatures()
    {
        var (planes, biases) = SolveByFeatures(0);
        var centres = Centres(0, null);
        var dense = new float[_features];
        foreach (var row in Enumerable.Range(0, _rows.Count).Where(row => _foldOf[row] == 0).Take(GramPhrasesMax))
        {
            _cancellationToken.ThrowIfCancellationRequested();
            _rows.AddTo(row, 1, dense);
            var cosines = centres.Select(centre => _rows.Dot(row, centre)).ToArray();
            var scores = planes.Select((plane, rule) => _rows.Dot(row, plane) + biases[rule] + (float)(CentreWeight * cosines[rule])).ToArray();
            HeldOut.Add(Judge(row, rule => scores[rule], rule => cosines[rule], (other, _) => _rows.Dot(other, dense), 0));
            foreach (var feature in _rows.Features(row)) dense[feature] = 0;
        }
    }

    private (float[][] Planes, float[] Biases) SolveByFeatures(int fold)
    {
        var solver = new SparseSvmSolver(_rows, _features);
        var planes = new float[_set.Classes][];
        var biases = new float[_set.Classes];
        for (var rule = 0; rule < _set.Classes; rule++)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            biases[rule] = solver.Solve(PositivesOf(rule), ActiveFor(rule, fold), _cost);
            planes[rule] = [.. solver.Weights];
        }

        return (planes, biases);
    }

    private LinearMatcher Assemble(float[][] shares, float[] biases, GramMatrix gram)
    {
        var planes = new float[_set.Classes][];
        for (var rule = 0; rule < _set.Classes; rule++)
        {
            planes[rule] = new float[_features];
            for (var row = 0; row < _rows.Count; row++) if (shares[rule][row] != 0) _rows.AddTo(row, shares[rule][row], planes[rule]);
        }

        var norms = Enumerable.Range(0, _set.Classes).Select(rule => NormOf(MembersOf(rule, -1), gram)).ToArray();
        return new(_features, planes, Centres(-1, norms), biases, CentreWeight, _vectors is null ? null : AssembleDense(shares, norms, _vectors));
    }

    private DenseChannel AssembleDense(float[][] shares, double[] norms, float[][] vectors)
    {
        var size = vectors[0].Length;
        var planes = shares.Select(_ => new float[size]).ToArray();
        var centres = shares.Select(_ => new float[size]).ToArray();
        for (var rule = 0; rule < _set.Classes; rule++)
        {
            for (var row = 0; row < _rows.Count; row++)
            {
                if (shares[rule][row] != 0) GramMatrix.AddScaled(vectors[row], shares[rule][row], planes[rule]);
                if (_classOf[row] == rule) GramMatrix.AddScaled(vectors[row], (float)(1 / norms[rule]), centres[rule]);
            }
        }

        return new(_options.VectorWeight, planes, centres, vectors);
    }

    private static double NormOf(int[] members, GramMatrix gram)
    {
        double square = 0;
        foreach (var member in members) foreach (var other in members) square += gram[member, other];
        return Math.Max(1e-6, Math.Sqrt(square));
    }

    private float[][] Centres(int fold, double[]? norms)
    {
        var centres = new float[_set.Classes][];
        for (var rule = 0; rule < _set.Classes; rule++)
        {
            centres[rule] = new float[_features];
            foreach (var member in MembersOf(rule, fold)) _rows.AddTo(member, 1, centres[rule]);
            var norm = norms?[rule] ?? Math.Sqrt(Math.Max(1e-12, GramMatrix.Dot(centres[rule], centres[rule])));
            for (var feature = 0; feature < _features; feature++) centres[rule][feature] /= (float)norm;
        }

        return centres;
    }

    private bool[] PositivesOf(int rule) => [.. _classOf.Select(held => held == rule)];

    private int[] MembersOf(int rule, int fold)
    {
        if (rule < 0) return [];
        if (_members.TryGetValue((rule, fold), out var members)) return members;
        return _members[(rule, fold)] = [.. Enumerable.Range(0, _rows.Count).Where(row => _classOf[row] == rule && (fold < 0 || _foldOf[row] != fold))];
    }

    private int[] ActiveFor(int rule, int fold) =>
        [.. Enumerable.Range(0, _rows.Count).Where(row => (fold < 0 || _foldOf[row] != fold) && (_classOf[row] >= 0 || _set.Phrases[row].NegativeOf == rule))];

    // Rules with one phrase, small talk and negatives are never held out.
    private int[] Folds(int[] perRule)
    {
        var folds = new int[_classOf.Length];
        var seen = new int[_set.Classes];
        for (var row = 0; row < folds.Length; row++)
        {
            var held = _classOf[row];
            folds[row] = held >= 0 && held < perRule.Length && perRule[held] > 1 ? seen[held]++ % _folds : -1;
        }

        return folds;
    }
}
