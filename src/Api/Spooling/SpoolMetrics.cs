using System.Diagnostics.Metrics;

namespace Waqtor.Api.Spooling;

/// <summary>What waits in the spool; a healthy system shows 0.</summary>
internal sealed class SpoolMetrics
{
    public const string MeterName = "Waqtor.Spool";

    private readonly Counter<long> _replayed;
    private readonly Counter<long> _parked;

    public SpoolMetrics(IMeterFactory meters, Spool spool)
    {
        var meter = meters.Create(MeterName);
        meter.CreateObservableGauge("waqtor.spool.pending", () => spool.Pending, "{delivery}", "Deliveries that wait for the store.");
        meter.CreateObservableGauge("waqtor.spool.bytes", () => spool.Bytes, "By", "Bytes of all spool files.");
        _replayed = meter.CreateCounter<long>("waqtor.spool.replayed", "{delivery}", "Spooled deliveries that were stored.");
        _parked = meter.CreateCounter<long>("waqtor.spool.parked", "{delivery}", "Spooled deliveries that could not be stored and were parked.");
    }

    public void Replayed(int count) => _replayed.Add(count);

    public void Parked() => _parked.Add(1);
}
