using System.Diagnostics;
using EmbeddedOrleans.Storage;

namespace EngineBench;

/// <summary>
/// How long single writes take at a steady rate over many records, which is where copying the log would show.
/// </summary>
internal static class Latency
{
    private const int Records = 20_000;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(8);

    public static async Task RunAsync(string folder)
    {
        foreach (var perSecond in new[] { 2_000, 6_000 }) await MeasureAsync(folder, perSecond);
    }

    private static async Task MeasureAsync(string folder, int perSecond)
    {
        await using var silo = await BenchSilo.StartAsync(folder);
        var text = new string('x', 1000);
        var grains = Enumerable.Range(0, Records)
            .Select(i => silo.Grains.GetGrain<IBenchStateGrain>($"state-{i}")).ToArray();
        foreach (var chunk in grains.Chunk(512)) await Task.WhenAll(chunk.Select(g => g.WriteAsync(text)));

        var times = new List<Task<double>>();
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < Duration)
        {
            // The schedule is fixed beforehand: a slow write does not make the next ones start later.
            var due = (int)(watch.Elapsed.TotalSeconds * perSecond);
            while (times.Count < due) times.Add(TimeAsync(grains[Random.Shared.Next(Records)], text));
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }

        var sorted = (await Task.WhenAll(times)).Order().ToArray();
        Table.Row(
            $"write at {perSecond:N0}/s over {Records:N0} records: median", sorted[sorted.Length / 2] * 1000, "us");
        Table.Row("   99 of 100", sorted[(int)(sorted.Length * .99)] * 1000, "us");
        Table.Row("   999 of 1,000", sorted[(int)(sorted.Length * .999)] * 1000, "us");
    }

    private static async Task<double> TimeAsync(IBenchStateGrain grain, string text)
    {
        var started = Stopwatch.GetTimestamp();
        await grain.WriteAsync(text);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
