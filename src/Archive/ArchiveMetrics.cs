using System.Diagnostics.Metrics;

namespace Waqtor.Archive;

/// <summary>Figures of the archive's transactions, which several calls may share.</summary>
internal sealed class ArchiveMetrics
{
    public const string MeterName = "Waqtor.Archive";

    private readonly Counter<long> _refused;
    private readonly Histogram<double> _duration;
    private readonly Histogram<long> _size;

    public ArchiveMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _refused = meter.CreateCounter<long>("waqtor.archive.calls.failed", "{call}", "Calls of which nothing was kept.");
        _duration = meter.CreateHistogram<double>("waqtor.archive.transaction.duration", "s", "From the first row to the commit.");
        _size = meter.CreateHistogram<long>("waqtor.archive.transaction.events", "{event}", "Events per transaction.");
    }

    public void Written(int events, TimeSpan duration)
    {
        _duration.Record(duration.TotalSeconds);
        _size.Record(events);
    }

    public void Failed() => _refused.Add(1);
}
