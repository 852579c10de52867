namespace Waqtor.SmartBot;

/// <summary>The same method as <see cref="SvmSolver"/> on features instead of phrases, for rule sets with too many phrases to keep all products.</summary>
internal sealed class SparseSvmSolver(SparseRows rows, int features)
{
    private const int PassesMax = 30;
    private const float Tolerance = 0.1f;

    private readonly float[] _norms = [.. Enumerable.Range(0, rows.Count).Select(row => Square(rows.Values(row)))];
    private readonly float[] _shares = new float[rows.Count];
    private readonly int[] _order = new int[rows.Count];

    public float[] Weights { get; } = new float[features];

    public float Solve(ReadOnlySpan<bool> isPositive, ReadOnlySpan<int> active, double cost)
    {
        Array.Clear(Weights);
        Array.Clear(_shares);
        var positives = 0;
        foreach (var row in active) if (isPositive[row]) positives++;
        if (positives == 0) return -1;
        var negativeRidge = (float)(1 / (2 * cost));
        var positiveRidge = (float)(1 / (2 * cost * Math.Sqrt(Math.Max(1, (active.Length - positives) / (double)positives))));
        var order = _order.AsSpan(0, active.Length);
        active.CopyTo(order);
        var random = new StepOrder(active.Length);
        float bias = 0, worst = float.MaxValue;
        var remaining = active.Length;
        for (var pass = 0; pass < PassesMax && worst > Tolerance; pass++)
        {
            // Rows that were far on the right side in the last pass are left out until the rest has settled.
            var shrinkAbove = pass == 0 ? float.MaxValue : worst;
            worst = 0;
            random.Shuffle(order[..remaining]);
            for (var step = 0; step < remaining; step++)
            {
                var row = order[step];
                var sign = isPositive[row] ? 1f : -1f;
                var ridge = isPositive[row] ? positiveRidge : negativeRidge;
                var share = _shares[row];
                var gradient = (sign * (rows.Dot(row, Weights) + bias)) - 1 + (ridge * share);
                if (share == 0 && gradient >= 0)
                {
                    if (gradient <= shrinkAbove) continue;
                    order[step--] = order[--remaining];
                    order[remaining] = row;
                    continue;
                }

                worst = Math.Max(worst, Math.Abs(gradient));
                var next = Math.Max(0, share - (gradient / (_norms[row] + 1 + ridge)));
                var change = (next - share) * sign;
                if (change == 0) continue;
                _shares[row] = next;
                bias += change;
                rows.AddTo(row, change, Weights);
            }

            if (worst > Tolerance || remaining == active.Length) continue;
            (remaining, worst) = (active.Length, float.MaxValue);
        }

        return bias;
    }

    private static float Square(ReadOnlySpan<float> values)
    {
        float sum = 0;
        foreach (var value in values) sum += value * value;
        return sum;
    }
}
