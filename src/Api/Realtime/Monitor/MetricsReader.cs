using System.Diagnostics.Metrics;

namespace Waqtor.Api.Realtime.Monitor;

/// <summary>Adds up what the meters of this process say, from the start on, for those who ask by HTTP.</summary>
internal sealed class MetricsReader : IDisposable
{
    // Not those of ASP.NET Core: they would be reckoned for every request because somebody listens.
    private static readonly string[] Meters = ["Waqtor.", "EmbeddedOrleans", "Microsoft.Orleans", "System.Runtime"];

    private readonly Lock _gate = new();
    private readonly List<MetricFamily> _families = [];
    private readonly MeterListener _listener = new();

    public MetricsReader()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (!Meters.Any(prefix => instrument.Meter.Name.StartsWith(prefix, StringComparison.Ordinal))) return;
            var family = new MetricFamily(instrument);
            lock (_gate) _families.Add(family);
            listener.EnableMeasurementEvents(instrument, family);
        };
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, family) => ((MetricFamily)family!).Add(value, tags));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, family) => ((MetricFamily)family!).Add(value, tags));
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, family) => ((MetricFamily)family!).Add(value, tags));
        _listener.SetMeasurementEventCallback<float>(static (_, value, tags, family) => ((MetricFamily)family!).Add(value, tags));
        _listener.Start();
    }

    /// <summary>Every series, by name and tags. Instruments that have to be asked are asked now.</summary>
    public IReadOnlyList<MetricSeries> Read()
    {
        Ask();
        return [.. All.OrderBy(one => one.Name, StringComparer.Ordinal).ThenBy(one => one.Tags, StringComparer.Ordinal)];
    }

    /// <summary>Brings the instruments up to date that count for themselves; sums are of the last time.</summary>
    public void Ask()
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
    }

    /// <summary>The sums of a counter by one of its tags.</summary>
    public IReadOnlyDictionary<string, long> SumsBy(string name, string tag)
    {
        var sums = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var one in All)
        {
            if (one.Name != name || one.TagOf(tag) is not { } value) continue;
            sums[value] = sums.GetValueOrDefault(value) + (long)one.Value;
        }

        return sums;
    }

    public long Sum(string name) => (long)All.Where(one => one.Name == name).Sum(one => one.Value);

    public void Dispose() => _listener.Dispose();

    private List<MetricSeries> All
    {
        get
        {
            lock (_gate) return [.. _families.SelectMany(family => family.Series)];
        }
    }
}
