namespace Waqtor.SmartBot;

/// <summary>
/// One-against-the-rest linear SVM with squared hinge loss, by dual coordinate descent (Hsieh et al., ICML 2008, the method of LIBLINEAR), on
/// the products of phrases. The order of steps comes from a fixed seed, so the same phrases always give the same weights.
/// </summary>
internal sealed class SvmSolver(GramMatrix gram)
{
    private const int PassesMax = 40;

    /// <summary>How far the gradient may be from zero at the end.</summary>
    public const float Exact = 0.1f;

    /// <summary>The same for a fold of cross-validation, which is thrown away and begins near its end.</summary>
    public const float Rough = 0.3f;

    private readonly float[] _margins = new float[gram.Size];
    private readonly int[] _order = new int[gram.Size];

    /// <summary>
    /// Finds the phrases' shares in one rule's weights, signed; starts from what <paramref name="shares"/> holds, which is how a fold of
    /// cross-validation begins near its end. Rows that are not active keep a share of zero.
    /// </summary>
    /// <param name="isPositive">By row: belongs to the rule.</param>
    /// <param name="active">Rows to learn from.</param>
    /// <param name="cost">What an error costs; errors on the rule's own phrases cost more, as they are few.</param>
    /// <param name="shares">Signed shares by row, in and out.</param>
    /// <param name="tolerance"><see cref="Exact"/> or <see cref="Rough"/>.</param>
    /// <returns>The bias.</returns>
    public float Solve(ReadOnlySpan<bool> isPositive, ReadOnlySpan<int> active, double cost, Span<float> shares, float tolerance)
    {
        var positives = 0;
        foreach (var row in active) if (isPositive[row]) positives++;
        if (positives == 0) return -1;
        var negativeRidge = (float)(1 / (2 * cost));
        var positiveRidge = (float)(1 / (2 * cost * Math.Sqrt(Math.Max(1, (active.Length - positives) / (double)positives))));

        var margins = _margins.AsSpan();
        margins.Clear();
        float bias = 0;
        for (var row = 0; row < shares.Length; row++)
        {
            if (shares[row] == 0) continue;
            bias += shares[row];
            GramMatrix.AddScaled(gram.Row(row), shares[row], margins);
        }

        var order = _order.AsSpan(0, active.Length);
        active.CopyTo(order);
        var random = new StepOrder(active.Length);
        var remaining = active.Length;
        for (var pass = 0; pass < PassesMax; pass++)
        {
            random.Shuffle(order[..remaining]);
            var worst = 0f;
            for (var step = 0; step < remaining; step++)
            {
                var row = order[step];
                var sign = isPositive[row] ? 1f : -1f;
                var ridge = isPositive[row] ? positiveRidge : negativeRidge;
                var share = shares[row] * sign;
                var gradient = (sign * (margins[row] + bias)) - 1 + (ridge * share);
                if (share == 0 && gradient >= 0) continue;
                worst = Math.Max(worst, Math.Abs(gradient));
                if (Math.Abs(gradient) < 1e-4f) continue;
                var next = Math.Max(0, share - (gradient / (gram[row, row] + 1 + ridge)));
                var change = (next - share) * sign;
                if (change == 0) continue;
                shares[row] = next * sign;
                bias += change;
                GramMatrix.AddScaled(gram.Row(row), change, margins);
            }

            if (worst < tolerance) break;
        }

        return bias;
    }

    /// <summary>After a solution: what the rule's function gives for a row.</summary>
    public float ScoreOf(int row, float bias) => _margins[row] + bias;
}
