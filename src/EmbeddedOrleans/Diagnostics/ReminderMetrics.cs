using System.Diagnostics.Metrics;

namespace EmbeddedOrleans.Diagnostics;

/// <summary>Metrics of reminders.</summary>
internal sealed class ReminderMetrics
{
    private readonly Meter _meter;
    private readonly Counter<long> _ticks;
    private readonly Histogram<double> _delay;

    public ReminderMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(EngineMetrics.MeterName);
        _ticks = _meter.CreateCounter<long>(
            "embedded_orleans.reminder.ticks", "{tick}", "Ticks delivered, by outcome.");
        _delay = _meter.CreateHistogram<double>(
            "embedded_orleans.reminder.delay", "s", "Time from the due time of a tick to the start of its delivery.");
    }

    public void ObserveCount(Func<int> count) =>
        _meter.CreateObservableGauge("embedded_orleans.reminders", count, "{reminder}", "Registered reminders.");

    public void OnTick(TimeSpan delay) => _delay.Record(delay.TotalSeconds);

    public void OnDelivered(bool isOk) =>
        _ticks.Add(1, new KeyValuePair<string, object?>("outcome", isOk ? "ok" : "error"));
}
