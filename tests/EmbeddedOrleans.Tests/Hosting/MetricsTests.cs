using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using EmbeddedOrleans.Tests.Reminders;
using EmbeddedOrleans.Tests.State;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;

namespace EmbeddedOrleans.Tests.Hosting;

public sealed class MetricsTests : ClusterTest
{
    [Fact]
    public async Task Instruments_ThatTheReadmeLists_Measure()
    {
        var factory = Cluster.Services.GetRequiredService<IMeterFactory>();
        ConcurrentDictionary<string, double> seen = new();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, factory)) self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => seen[instrument.Name] = value);
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => seen[instrument.Name] = value);
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => seen[instrument.Name] = value);
        listener.Start();

        await Grain<IStateGrain>().AddAsync("ann");
        await Grain<IReminderGrain>("a").RegisterAsync("r", TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
        await Cluster.AdvanceAsync(TimeSpan.FromMinutes(1));
        listener.RecordObservableInstruments();

        seen.Keys.Order(StringComparer.Ordinal).ShouldBe(
        [
            "embedded_orleans.activations",
            "embedded_orleans.reminder.delay",
            "embedded_orleans.reminder.ticks",
            "embedded_orleans.reminders",
            "embedded_orleans.request.duration",
            "embedded_orleans.store.commit.duration",
            "embedded_orleans.store.group_size",
            "embedded_orleans.store.queue_length",
        ]);
        seen["embedded_orleans.reminders"].ShouldBe(1);
    }

    protected override void Configure(ISiloBuilder silo) => silo.AddMemoryGrainStorage("memory");
}
