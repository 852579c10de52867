namespace Waqtor.SmartBot;

/// <summary>Turns evidence into the probability of being right: a logistic function, fitted on the operator's own held-out phrases, or shipped.</summary>
internal sealed class Calibration
{
    private const double Ridge = 0.01;

    // As if there were this many phrases more that say nothing: a few dozen must not swing the scale.
    private const double RidgeOfFew = 1;
    private const int HeldOutForGate = 10;
    private const int StepsMax = 25;

    private readonly double[] _weights;

    private Calibration(double[] weights, double gate, double smallTalkLead, bool isFitted) =>
        (_weights, Gate, SmallTalkLead, IsFitted) = (weights, gate, smallTalkLead, isFitted);

    /// <summary>Score below which a text is out of scope.</summary>
    public double Gate { get; }

    /// <summary>How far small talk must be ahead of the first rule to take a text from it.</summary>
    public double SmallTalkLead { get; }

    public bool IsFitted { get; }

    /// <summary>
    /// Used when a tenant has too few rules or phrases to fit a scale: fitted over many small tenants, apart for those without planes. Gate and lead
    /// still come from the tenant's own phrases when there are some.
    /// </summary>
    public static Calibration Shipped(bool usesPlanes, IReadOnlyList<HeldOutPhrase> heldOut, double strictness)
    {
        double[] weights = usesPlanes ? [-0.5, 1.1, 1.5, 2.2, 1.2, -3.3] : [-3.3, 3.2, 2.4, 6.4, 4.2, -3.1];
        if (!usesPlanes) return new(weights, 0.35, 0.3, false);
        if (heldOut.Count < HeldOutForGate) return new(weights, -0.2, 0.9, false);
        var lead = LeadOf(heldOut, strictness);
        return new(weights, GateOf(heldOut, lead, strictness), lead, false);
    }

    /// <summary>Fits on held-out phrases; those that small talk would take never reach a confidence, so only the gate counts them.</summary>
    public static Calibration Fit(IReadOnlyList<HeldOutPhrase> all, double strictness)
    {
        var lead = LeadOf(all, strictness);
        var heldOut = all.Where(phrase => phrase.SmallTalkLead <= lead).ToList();
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

        return new(weights, GateOf(all, lead, strictness), lead, true);
    }

    // Small talk may take half of what may be refused; the gate has the rest.
    private static double LeadOf(IReadOnlyList<HeldOutPhrase> heldOut, double strictness)
    {
        var leads = heldOut.Select(phrase => (double)phrase.SmallTalkLead).OrderDescending().ToList();
        return Math.Max(0, leads[(int)(strictness / 2 * (leads.Count - 1))]);
    }

    // The score that the given share of held-out phrases stays under; losing to small talk is a refusal as well and counts towards it.
    private static double GateOf(IReadOnlyList<HeldOutPhrase> heldOut, double lead, double strictness)
    {
        var scores = heldOut.Select(phrase => phrase.SmallTalkLead > lead ? double.MinValue : phrase.Evidence.Score).Order().ToList();
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
        var ridge = (Ridge * rows.Length) + RidgeOfFew;
        for (var step = 0; step < StepsMax; step++)
        {
            var gradient = new double[size];
            var curvature = new double[size, size];
            for (var part = 0; part < size; part++)
            {
                gradient[part] = part == 0 ? 0 : ridge * weights[part];
                curvature[part, part] = (part == 0 ? 0 : ridge) + 1e-6;
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
