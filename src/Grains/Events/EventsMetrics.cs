using System.Diagnostics.Metrics;

namespace Waqtor.Events;

/// <summary>Figures of the events' way out.</summary>
public sealed class EventsMetrics
{
    public const string MeterName = "Waqtor.Events";

    private readonly Counter<long> _routed;
    private readonly Counter<long> _dropped;

    public EventsMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(MeterName);
        _routed = meter.CreateCounter<long>("waqtor.events.routed", "{event}", "Events that the archive has.");
        _dropped = meter.CreateCounter<long>("waqtor.events.feed.dropped", "{event}", "Events that a topic of the feed did not get.");
    }

    public void Routed(int events) => _routed.Add(events);

    public void Dropped(int events) => _dropped.Add(events);
}
