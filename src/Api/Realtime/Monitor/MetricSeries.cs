using System.Diagnostics.Metrics;

namespace Waqtor.Api.Realtime.Monitor;

/// <summary>One series: a counter's sum, a gauge's last value, or a histogram's buckets.</summary>
internal sealed class MetricSeries(Instrument instrument, MetricSeriesKey key)
{
    /// <summary>For seconds, which all of our histograms of time are in; other units fall into the last ones.</summary>
    public static readonly double[] Bounds = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly Lock _gate = new();
    private readonly long[] _buckets = new long[Bounds.Length + 1];
    private readonly bool _isLast = IsLastValue(instrument);

    public string Name => key.Name;
    public string Tags => key.Tags;
    public string? Unit => instrument.Unit;
    public string? Description => instrument.Description;

    /// <summary><c>counter</c>, <c>gauge</c> or <c>histogram</c>.</summary>
    public string Kind { get; } = IsHistogram(instrument) ? "histogram" : IsMonotonic(instrument) ? "counter" : "gauge";

    public double Value { get; private set; }

    public long Count { get; private set; }

    /// <summary>How many values lie in each bucket, the last one being what lies over all bounds.</summary>
    public IReadOnlyList<long> Buckets
    {
        get
        {
            lock (_gate) return [.. _buckets];
        }
    }

    public void Add(double value)
    {
        lock (_gate)
        {
            Value = _isLast ? value : Value + value;
            Count++;
            if (Kind == "histogram") _buckets[BucketOf(value)]++;
        }
    }

    public string? TagOf(string name)
    {
        var start = name + "=\"";
        foreach (var part in key.Tags.Split(','))
        {
            if (part.StartsWith(start, StringComparison.Ordinal)) return part[start.Length..^1];
        }

        return null;
    }

    private static int BucketOf(double value)
    {
        var at = 0;
        while (at < Bounds.Length && !(value <= Bounds[at])) at++;
        return at;
    }

    private static bool IsHistogram(Instrument instrument) => Is(instrument, typeof(Histogram<>));

    private static bool IsMonotonic(Instrument instrument) => Is(instrument, typeof(Counter<>)) || Is(instrument, typeof(ObservableCounter<>));

    // Observed instruments say their sum; so do gauges.
    private static bool IsLastValue(Instrument instrument) => instrument.IsObservable || Is(instrument, typeof(Gauge<>));

    private static bool Is(Instrument instrument, Type generic) => instrument.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == generic;
}
