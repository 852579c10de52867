using System.Diagnostics;
using System.Diagnostics.Metrics;
using EmbeddedOrleans.Storage;
using Orleans.Hosting;

namespace EngineBench;

/// <summary>Durable state writes of about 1 KB.</summary>
internal static class Writes
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(5);

    public static async Task RunAsync(string folder)
    {
        foreach (var writers in new[] { 1, 64, 256 }) await MeasureAsync(
            folder, writers, grainsPerWriter: 1, StoreSynchronous.Full);
        await MeasureAsync(folder, writers: 64, grainsPerWriter: 300, StoreSynchronous.Full);
        await MeasureAsync(folder, writers: 64, grainsPerWriter: 1, StoreSynchronous.Off);
    }

    private static async Task MeasureAsync(
        string folder, int writers, int grainsPerWriter, StoreSynchronous synchronous)
    {
        await using var silo = await BenchSilo.StartAsync(
            folder, configureStore: store => store.Synchronous = synchronous);
        var text = new string('x', 1000);
        var grains = Enumerable.Range(0, writers * grainsPerWriter)
            .Select(i => silo.Grains.GetGrain<IBenchStateGrain>($"state-{i}"))
            .ToArray();
        foreach (var chunk in grains.Chunk(256)) await Task.WhenAll(chunk.Select(g => g.WriteAsync(text)));

        using var listener = new MeterListener();
        long groups = 0;
        long written = 0;
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == "embedded_orleans.store.group_size") self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<int>((_, size, _, _) =>
        {
            groups++;
            written += size;
        });
        listener.Start();

        using var end = new CancellationTokenSource(Duration);
        var watch = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
        {
            var count = 0L;
            while (!end.IsCancellationRequested)
            {
                await grains[(writer * grainsPerWriter) + (int)(count % grainsPerWriter)].WriteAsync(text);
                count++;
            }

            return count;
        })));
        var perSecond = counts.Sum() / watch.Elapsed.TotalSeconds;
        var name = $"{writers} writers, {grains.Length:N0} records, {(synchronous == StoreSynchronous.Full ? "synced" : "not synced")}";
        Table.Row($"writes/s, {name}", perSecond, "/s");
        Table.Row("   writes per commit", written / (double)Math.Max(1, groups), "");
        Table.Row("   commits/s", groups / watch.Elapsed.TotalSeconds, "/s");
    }
}
