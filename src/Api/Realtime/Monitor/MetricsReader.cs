using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Waqtor.Api.Realtime.Monitor;

/// <summary>Adds up what the meters of this process say, from the start on, for those who ask by HTTP.</summary>
internal sealed class MetricsReader : IDisposable
{
    private const int SeriesMax = 5_000;
    private static readonly string[] Meters = ["Waqtor.", "EmbeddedOrleans", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.Orleans", "System.Runtime"];

    private readonly ConcurrentDictionary<MetricSeriesKey, MetricSeries> _series = new();
    private readonly MeterListener _listener = new();

    public MetricsReader()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (Meters.Any(prefix => instrument.Meter.Name.StartsWith(prefix, StringComparison.Ordinal))) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<float>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>Every series, by name and tags. Instruments that have to be asked are asked now.</summary>
    public IReadOnlyList<MetricSeries> Read()
    {
        // Each asks its owner, and one that fails must not hide the others.
        try
        {
            _listener.RecordObservableInstruments();
        }
        catch (AggregateException)
        {
            // The values before it are shown.
        }

        return [.. _series.Values.OrderBy(one => one.Name, StringComparer.Ordinal).ThenBy(one => one.Tags, StringComparer.Ordinal)];
    }

    /// <summary>The sums of a counter by one of its tags.</summary>
    public IReadOnlyDictionary<string, long> SumsBy(string name, string tag)
    {
        var sums = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var one in _series.Values)
        {
            if (one.Name != name || one.TagOf(tag) is not { } value) continue;
            sums[value] = sums.GetValueOrDefault(value) + (long)one.Value;
        }

        return sums;
    }

    public long Sum(string name) => (long)_series.Values.Where(one => one.Name == name).Sum(one => one.Value);

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var key = MetricSeriesKey.Of(instrument.Name, tags);
        if (!_series.TryGetValue(key, out var series))
        {
            // Tags of an unbounded kind would otherwise fill the memory.
            if (_series.Count >= SeriesMax) return;
            series = _series.GetOrAdd(key, _ => new MetricSeries(instrument, key));
        }

        series.Add(value);
    }
}
