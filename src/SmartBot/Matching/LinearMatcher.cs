namespace Waqtor.SmartBot;

/// <summary>The learnt part of a model: for every feature the rules it speaks for and how much, by separating plane and by centre. Sparse, immutable.</summary>
internal sealed class LinearMatcher
{
    // Weights below this change no ranking and would fill most of the memory.
    private const float WeightMin = 0.02f;

    private readonly int[] _starts;
    private readonly ushort[] _classes;
    private readonly float[] _planes;
    private readonly float[] _centres;

    public LinearMatcher(int features, float[][] planes, float[][] centres, float[] biases, double centreWeight, DenseChannel? dense)
    {
        Biases = biases;
        CentreWeight = (float)centreWeight;
        Dense = dense;
        _starts = new int[features + 1];
        for (var feature = 0; feature < features; feature++)
        {
            var held = 0;
            for (var rule = 0; rule < planes.Length; rule++) if (IsKept(planes[rule][feature], centres[rule][feature])) held++;
            _starts[feature + 1] = _starts[feature] + held;
        }

        (_classes, _planes, _centres) = (new ushort[_starts[^1]], new float[_starts[^1]], new float[_starts[^1]]);
        for (var feature = 0; feature < features; feature++)
        {
            var at = _starts[feature];
            for (var rule = 0; rule < planes.Length; rule++)
            {
                if (!IsKept(planes[rule][feature], centres[rule][feature])) continue;
                (_classes[at], _planes[at], _centres[at]) = ((ushort)rule, planes[rule][feature], centres[rule][feature]);
                at++;
            }
        }
    }

    public float[] Biases { get; }

    public float CentreWeight { get; }

    public DenseChannel? Dense { get; }

    /// <summary>Fills scores (z) and cosines by class.</summary>
    public void Score(QueryBuffer query, ReadOnlySpan<float> vector)
    {
        var scores = query.Scores.AsSpan();
        var cosines = query.Cosines.AsSpan();
        scores.Clear();
        cosines.Clear();
        var ids = query.Ids;
        var values = query.Values;
        for (var index = 0; index < ids.Length; index++)
        {
            var value = values[index];
            var end = _starts[ids[index] + 1];
            for (var at = _starts[ids[index]]; at < end; at++)
            {
                scores[_classes[at]] += value * _planes[at];
                cosines[_classes[at]] += value * _centres[at];
            }
        }

        Dense?.Mix(vector, scores, cosines);
        for (var rule = 0; rule < scores.Length; rule++) scores[rule] += Biases[rule] + (CentreWeight * cosines[rule]);
    }

    private static bool IsKept(float plane, float centre) => Math.Abs(plane) >= WeightMin || centre != 0;
}
