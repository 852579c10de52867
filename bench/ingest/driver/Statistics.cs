using System.Globalization;

namespace Waqtor.Bench.Ingest;

/// <summary>The few figures that the tables hold.</summary>
public static class Statistics
{
    public static double Median(IEnumerable<double> values) => At(values, .5);

    /// <summary>The value that <paramref name="share"/> of the values do not exceed; NaN when there are none.</summary>
    public static double At(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? double.NaN : sorted[(int)Math.Min(sorted.Length - 1, sorted.Length * share)];
    }

    public static string Text(double value, string format = "N0") => double.IsNaN(value) ? "-" : value.ToString(format, CultureInfo.InvariantCulture);
}
