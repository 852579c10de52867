using System.Globalization;
using System.Text;

namespace Waqtor.Api.Realtime.Monitor;

/// <summary>Metrics in the text format of Prometheus, version 0.0.4.</summary>
internal static class PrometheusText
{
    public const string MediaType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Write(IReadOnlyList<MetricSeries> series)
    {
        var text = new StringBuilder(16_384);
        foreach (var family in series.GroupBy(one => one.Name))
        {
            var first = family.First();
            var name = NameOf(first);
            if (first.Description is { Length: > 0 } description) text.Append("# HELP ").Append(name).Append(' ').Append(description.ReplaceLineEndings(" ")).Append('\n');
            text.Append("# TYPE ").Append(name).Append(' ').Append(first.Kind).Append('\n');
            foreach (var one in family) Write(text, name, one);
        }

        return text.ToString();
    }

    /// <summary>As a name of Prometheus: letters, digits and underscores.</summary>
    public static string Word(string text) => string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));

    private static string NameOf(MetricSeries series) =>
        Word(series.Name) + (series.Unit == "s" ? "_seconds" : series.Unit == "By" ? "_bytes" : "") + (series.Kind == "counter" ? "_total" : "");

    private static void Write(StringBuilder text, string name, MetricSeries one)
    {
        if (one.Kind != "histogram")
        {
            Line(text, name, one.Tags, one.Value);
            return;
        }

        long below = 0;
        var buckets = one.Buckets;
        for (var i = 0; i < buckets.Count; i++)
        {
            below += buckets[i];
            var bound = i < MetricSeries.Bounds.Length ? MetricSeries.Bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
            Line(text, name + "_bucket", one.Tags.Length == 0 ? $"le=\"{bound}\"" : $"{one.Tags},le=\"{bound}\"", below);
        }

        Line(text, name + "_sum", one.Tags, one.Value);
        Line(text, name + "_count", one.Tags, below);
    }

    private static void Line(StringBuilder text, string name, string tags, double value)
    {
        text.Append(name);
        if (tags.Length > 0) text.Append('{').Append(tags).Append('}');
        text.Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
    }
}
