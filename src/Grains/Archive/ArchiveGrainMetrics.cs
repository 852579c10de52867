using System.Diagnostics.Metrics;

namespace Waqtor.Archive;

/// <summary>Figures of the archive writers.</summary>
public sealed class ArchiveGrainMetrics
{
    public const string MeterName = "Waqtor.Archive.Writers";

    private readonly Counter<long> _events;
    private readonly Counter<long> _failures;
    private readonly Histogram<double> _seconds;
    private readonly Histogram<long> _batch;

    public ArchiveGrainMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(MeterName);
        _events = meter.CreateCounter<long>("waqtor.archive.events", "{event}", "Events written to the archive.");
        _failures = meter.CreateCounter<long>("waqtor.archive.write.failures", "{write}", "Archive transactions that failed.");
        _seconds = meter.CreateHistogram<double>("waqtor.archive.write.duration", "s", "Duration of an archive transaction.");
        _batch = meter.CreateHistogram<long>("waqtor.archive.write.events", "{event}", "Events of an archive transaction.");
    }

    public void Written(int events, TimeSpan duration)
    {
        _events.Add(events);
        _batch.Record(events);
        _seconds.Record(duration.TotalSeconds);
    }

    public void Failed() => _failures.Add(1);
}
