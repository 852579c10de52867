using System.Diagnostics.Metrics;

namespace Waqtor.Api.Inbound;

/// <summary>What goes in by the providers' door.</summary>
internal sealed class IngestMetrics
{
    public const string MeterName = "Waqtor.Ingest";

    private readonly Counter<long> _deliveries;
    private readonly Counter<long> _elements;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _tracesDropped;

    public IngestMetrics(IMeterFactory meters, InFlightGate gate)
    {
        var meter = meters.Create(MeterName);
        _deliveries = meter.CreateCounter<long>("waqtor.ingest.deliveries", "{delivery}", "Deliveries answered, by provider and outcome.");
        _elements = meter.CreateCounter<long>("waqtor.ingest.elements", "{element}", "Elements of deliveries, by outcome.");
        _duration = meter.CreateHistogram<double>("waqtor.ingest.duration", "s", "From the whole body to the answer.");
        meter.CreateObservableGauge("waqtor.ingest.in_flight", () => gate.Count, "{delivery}", "Deliveries being stored now.");
        _tracesDropped = meter.CreateCounter<long>("waqtor.ingest.traces_dropped", "{delivery}", "Delivery traces dropped because the archive was behind.");
    }

    /// <param name="outcome"><c>stored</c>, <c>spooled</c>, or the code of the refusal.</param>
    public void Count(string provider, string outcome) =>
        _deliveries.Add(1, new KeyValuePair<string, object?>("provider", provider), new KeyValuePair<string, object?>("outcome", outcome));

    public void Count(in DeliveryAnswer answer)
    {
        if (!_elements.Enabled) return;
        Add("stored", answer.Stored);
        Add("duplicate", answer.Duplicates);
        Add("ignored", answer.Ignored);
        Add("parked", answer.Parked);
    }

    public void Time(TimeSpan duration) => _duration.Record(duration.TotalSeconds);

    public void TraceDropped() => _tracesDropped.Add(1);

    private void Add(string outcome, int count)
    {
        if (count > 0) _elements.Add(count, new KeyValuePair<string, object?>("outcome", outcome));
    }
}
