using System.Diagnostics;
using System.Diagnostics.Metrics;
using EmbeddedOrleans.Activations;
using EmbeddedOrleans.Calls;

namespace EmbeddedOrleans.Diagnostics;

/// <summary>Metrics of activations and calls.</summary>
internal sealed class EngineMetrics
{
    public const string MeterName = "EmbeddedOrleans";

    private readonly TimeProvider _clock;
    private readonly UpDownCounter<long> _activations;
    private readonly Histogram<double> _duration;

    public EngineMetrics(IMeterFactory meters, TimeProvider clock)
    {
        _clock = clock;
        var meter = meters.Create(MeterName);
        _activations = meter.CreateUpDownCounter<long>(
            "embedded_orleans.activations", "{activation}", "Activations that live, by grain type.");
        _duration = meter.CreateHistogram<double>(
            "embedded_orleans.request.duration",
            "s",
            "Time from sending a request to the end of its call, by grain method.");
    }

    /// <summary>Whether anybody listens to call metrics; otherwise calls are not timed.</summary>
    public bool MeasuresCalls => _duration.Enabled;

    public void OnActivated(GrainClass grainClass) => Count(grainClass, 1);

    public void OnDeactivated(GrainClass grainClass) => Count(grainClass, -1);

    public void OnCallEnded(GrainRequest request, Exception? exception)
    {
        if (!_duration.Enabled || request.StartedAt < 0) return;

        var tags = new TagList
        {
            { "method", request.Method.ActivityName },
            { "outcome", exception is null ? "ok" : "error" },
        };
        _duration.Record(_clock.GetElapsedTime(request.StartedAt).TotalSeconds, tags);
    }

    private void Count(GrainClass grainClass, int change)
    {
        if (_activations.Enabled) _activations.Add(
            change, new KeyValuePair<string, object?>("grain_type", grainClass.GrainType.ToString()));
    }
}
