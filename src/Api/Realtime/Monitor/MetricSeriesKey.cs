using System.Globalization;

namespace Waqtor.Api.Realtime.Monitor;

/// <summary>The name of an instrument and one set of its tags, as Prometheus writes them.</summary>
internal readonly record struct MetricSeriesKey(string Name, string Tags)
{
    public static MetricSeriesKey Of(string name, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty) return new MetricSeriesKey(name, "");
        var parts = new List<string>(tags.Length);
        foreach (var (tag, value) in tags)
        {
            var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
            parts.Add($"{PrometheusText.Word(tag)}=\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"");
        }

        parts.Sort(StringComparer.Ordinal);
        return new MetricSeriesKey(name, string.Join(',', parts));
    }
}
