using System.Diagnostics;

namespace EngineBench;

/// <summary>Calls from 64 concurrent callers to 1,000 grains, and from grain to grain.</summary>
internal static class Calls
{
    private const int Callers = 64;
    private const int GrainCount = 1_000;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(4);

    public static async Task RunAsync(string folder)
    {
        await using var silo = await BenchSilo.StartAsync(folder);
        var grains = Enumerable.Range(0, GrainCount)
            .Select(i => silo.Grains.GetGrain<IBenchGrain>($"grain-{i}")).ToArray();
        foreach (var grain in grains) await grain.PingAsync();

        await MeasureAsync(grains, static grain => grain.PingAsync(), TimeSpan.FromSeconds(2));
        Table.Row($"calls/s, {Callers} callers, no result", await MeasureAsync(
            grains, static grain => grain.PingAsync(), Duration), "/s");
        Table.Row($"calls/s, {Callers} callers, two arguments and a result", await MeasureAsync(
            grains, static grain => grain.AddAsync(1, 2), Duration), "/s");
        Table.Row(
            $"calls/s, {Callers} callers, reference made for each call",
            await MeasureAsync(grains, _ =>
                silo.Grains.GetGrain<IBenchGrain>($"grain-{Random.Shared.Next(GrainCount)}").PingAsync(), Duration),
            "/s");
        Table.Row($"calls/s, {Callers} grains calling others", await MeasureChainsAsync(grains), "/s");

        var before = GC.GetAllocatedBytesForCurrentThread();
        var total = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = 0; i < 100_000; i++) await grains[i % GrainCount].PingAsync();
        Table.Row("allocated per call", (GC.GetTotalAllocatedBytes(precise: true) - total) / 100_000.0, "bytes");
        GC.KeepAlive(before);
    }

    private static async Task<double> MeasureAsync(
        IBenchGrain[] grains, Func<IBenchGrain, Task> call, TimeSpan duration)
    {
        using var end = new CancellationTokenSource(duration);
        var watch = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            var count = 0L;
            for (var i = caller; !end.IsCancellationRequested; i += 17)
            {
                await call(grains[i % GrainCount]);
                count++;
            }

            return count;
        })));
        return counts.Sum() / watch.Elapsed.TotalSeconds;
    }

    private static async Task<double> MeasureChainsAsync(IBenchGrain[] grains)
    {
        const int CallsPerGrain = 30_000;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(
            Enumerable.Range(0, Callers).Select(i => grains[i].ChainAsync(grains[500 + i], CallsPerGrain)));
        return Callers * CallsPerGrain / watch.Elapsed.TotalSeconds;
    }
}
