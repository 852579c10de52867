using System.Diagnostics.Metrics;

namespace EmbeddedOrleans.Diagnostics;

/// <summary>Metrics of the embedded store.</summary>
internal sealed class StoreMetrics
{
    private readonly TimeProvider _clock;
    private readonly Meter _meter;
    private readonly Histogram<int> _groupSize;
    private readonly Histogram<double> _commitDuration;

    public StoreMetrics(IMeterFactory meters, TimeProvider clock)
    {
        _clock = clock;
        _meter = meters.Create(EngineMetrics.MeterName);
        _groupSize = _meter.CreateHistogram<int>("embedded_orleans.store.group_size", "{write}", "Writes per commit.");
        _commitDuration = _meter.CreateHistogram<double>(
            "embedded_orleans.store.commit.duration", "s", "Time from beginning a group to the end of its sync.");
    }

    public void ObserveQueue(Func<int> length) =>
        _meter.CreateObservableGauge(
            "embedded_orleans.store.queue_length", length, "{write}", "Writes that are not committed yet.");

    public long CommitStarted() => _commitDuration.Enabled ? _clock.GetTimestamp() : -1;

    public void CommitEnded(long started, int writes)
    {
        _groupSize.Record(writes);
        if (started >= 0) _commitDuration.Record(_clock.GetElapsedTime(started).TotalSeconds);
    }
}
