namespace Waqtor.SmartBot;

/// <summary>Turns evidence into the probability of being right: a logistic function, fitted on the operator's own held-out phrases, or shipped.</summary>
internal sealed class Calibration
{
    private const double Ridge = 0.01;
    private const int StepsMax = 25;

    private readonly double[] _weights;

    private Calibration(double[] weights, double gate, bool isFitted) => (_weights, Gate, IsFitted) = (weights, gate, isFitted);

    /// <summary>Score below which a text is out of scope.</summary>
    public double Gate { get; }

    public bool IsFitted { get; }

    /// <summary>Used when a tenant has too few rules or phrases to hold any out. Means over tenants of many sizes in five languages and dialects.</summary>
    public static Calibration Shipped(double gate) => new([-2.6, 1.6, 3.4, 2.2, 1.8, -2.0], gate, false);

    /// <summary>Fits on held-out phrases; those that small talk would take never reach a confidence, so only the gate counts them.</summary>
    public static Calibration Fit(IReadOnlyList<HeldOutPhrase> all, double strictness)
    {
        var heldOut = all.Where(phrase => !phrase.IsSmallTalkFirst).ToList();
        var rows = heldOut.Select(phrase => Parts(phrase.Evidence)).ToArray();
        var targets = heldOut.Select(phrase => phrase.IsRight ? 1.0 : 0.0).ToArray();
        var (means, deviations) = Moments(rows);
        foreach (var row in rows) for (var part = 0; part < Evidence.Parts; part++) row[part + 1] = (row[part + 1] - means[part]) / deviations[part];
        var standard = Newton(rows, targets);

        var weights = new double[Evidence.Parts + 1];
        weights[0] = standard[0];
        for (var part = 0; part < Evidence.Parts; part++)
        {
            weights[part + 1] = standard[part + 1] / deviations[part];
            weights[0] -= standard[part + 1] * means[part] / deviations[part];
        }

        return new(weights, GateOf(all, strictness), true);
    }

    // The score that the given share of held-out phrases stays under; losing to small talk is a refusal as well and counts towards it.
    private static double GateOf(IReadOnlyList<HeldOutPhrase> heldOut, double strictness)
    {
        var scores = heldOut.Select(phrase => phrase.IsSmallTalkFirst ? double.MinValue : phrase.Evidence.Score).Order().ToList();
        return scores[(int)(strictness * (scores.Count - 1))];
    }

    public double Confidence(in Evidence evidence)
    {
        Span<double> parts = stackalloc double[Evidence.Parts];
        evidence.CopyTo(parts);
        var sum = _weights[0];
        for (var part = 0; part < Evidence.Parts; part++) sum += _weights[part + 1] * parts[part];
        return 1 / (1 + Math.Exp(-sum));
    }

    private static double[] Parts(in Evidence evidence)
    {
        var row = new double[Evidence.Parts + 1];
        row[0] = 1;
        evidence.CopyTo(row.AsSpan(1));
        return row;
    }

    private static (double[] Means, double[] Deviations) Moments(double[][] rows)
    {
        var means = new double[Evidence.Parts];
        var deviations = new double[Evidence.Parts];
        for (var part = 0; part < Evidence.Parts; part++)
        {
            means[part] = rows.Average(row => row[part + 1]);
            deviations[part] = Math.Max(1e-3, Math.Sqrt(rows.Average(row => Math.Pow(row[part + 1] - means[part], 2))));
        }

        return (means, deviations);
    }

    private static double[] Newton(double[][] rows, double[] targets)
    {
        var size = Evidence.Parts + 1;
        var weights = new double[size];
        for (var step = 0; step < StepsMax; step++)
        {
            var gradient = new double[size];
            var curvature = new double[size, size];
            for (var part = 0; part < size; part++)
            {
                gradient[part] = Ridge * rows.Length * (part == 0 ? 0 : weights[part]);
                curvature[part, part] = (Ridge * rows.Length * (part == 0 ? 0 : 1)) + 1e-6;
            }

            for (var row = 0; row < rows.Length; row++)
            {
                double sum = 0;
                for (var part = 0; part < size; part++) sum += weights[part] * rows[row][part];
                var probability = 1 / (1 + Math.Exp(-sum));
                for (var part = 0; part < size; part++)
                {
                    gradient[part] += (probability - targets[row]) * rows[row][part];
                    for (var other = 0; other < size; other++) curvature[part, other] += probability * (1 - probability) * rows[row][part] * rows[row][other];
                }
            }

            var change = Solve(curvature, gradient);
            for (var part = 0; part < size; part++) weights[part] -= Math.Clamp(change[part], -2, 2);
            if (change.Max(Math.Abs) < 1e-6) break;
        }

        return weights;
    }

    private static double[] Solve(double[,] matrix, double[] right)
    {
        var size = right.Length;
        for (var pivot = 0; pivot < size; pivot++)
        {
            var diagonal = matrix[pivot, pivot];
            for (var row = pivot + 1; row < size; row++)
            {
                var factor = matrix[row, pivot] / diagonal;
                for (var column = pivot; column < size; column++) matrix[row, column] -= factor * matrix[pivot, column];
                right[row] -= factor * right[pivot];
            }
        }

        for (var row = size - 1; row >= 0; row--)
        {
            for (var column = row + 1; column < size; column++) right[row] -= matrix[row, column] * right[column];
            right[row] /= matrix[row, row];
        }

        return right;
    }
}
