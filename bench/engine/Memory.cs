namespace EngineBench;

/// <summary>What 100,000 activations weigh.</summary>
internal static class Memory
{
    private const int Count = 100_000;

    public static async Task RunAsync(string folder)
    {
        await using var silo = await BenchSilo.StartAsync(folder);
        await silo.Grains.GetGrain<IBenchGrain>("warm").PingAsync();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        for (var i = 0; i < Count; i += 64)
        {
            await Task.WhenAll(Enumerable.Range(
                i, Math.Min(64, Count - i)).Select(n => silo.Grains.GetGrain<IBenchGrain>($"memory-{n}").PingAsync()));
        }

        var elapsed = System.Diagnostics.Stopwatch.GetElapsedTime(started);
        Table.Row("an activation, its key included", (
            GC.GetTotalMemory(forceFullCollection: true) - before) / (double)Count, "bytes");
        Table.Row("activations/s", Count / elapsed.TotalSeconds, "/s");
    }
}
