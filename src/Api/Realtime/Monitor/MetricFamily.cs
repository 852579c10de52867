using System.Diagnostics.Metrics;

namespace Waqtor.Api.Realtime.Monitor;

/// <summary>
/// The series of one instrument. Instruments are used on the paths of messages, so finding the series makes no texts: the
/// few sets of tags there are get compared.
/// </summary>
internal sealed class MetricFamily(Instrument instrument)
{
    // Tags of an unbounded kind would otherwise fill the memory.
    private const int SeriesMax = 500;

    private readonly Lock _gate = new();
    private volatile Known[] _known = [];

    private sealed record Known(KeyValuePair<string, object?>[] Tags, MetricSeries Series);

    public IEnumerable<MetricSeries> Series => _known.Select(known => known.Series);

    public void Add(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) => (Find(_known, tags) ?? FindOrAdd(tags))?.Add(value);

    private static MetricSeries? Find(Known[] known, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var one in known)
        {
            if (AreSame(one.Tags, tags)) return one.Series;
        }

        return null;
    }

    private static bool AreSame(KeyValuePair<string, object?>[] known, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (known.Length != tags.Length) return false;
        for (var i = 0; i < known.Length; i++)
        {
            if (known[i].Key != tags[i].Key || !Equals(known[i].Value, tags[i].Value)) return false;
        }

        return true;
    }

    private MetricSeries? FindOrAdd(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (_gate)
        {
            if (Find(_known, tags) is { } found) return found;
            if (_known.Length >= SeriesMax) return null;
            var series = new MetricSeries(instrument, MetricSeriesKey.Of(instrument.Name, tags));
            _known = [.. _known, new Known(tags.ToArray(), series)];
            return series;
        }
    }
}
