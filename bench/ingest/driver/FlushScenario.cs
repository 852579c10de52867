using System.Globalization;
using Waqtor.ProcessKit;

namespace Waqtor.Bench.Ingest;

/// <summary>How late buffers are flushed while ten thousand of them are open at any moment.</summary>
public static class FlushScenario
{
    private const int OpenBuffers = 10_000;
    private const int WindowSeconds = 8;
    private const int Rate = OpenBuffers / WindowSeconds;

    public static async Task<int> RunAsync(Settings settings)
    {
        var seconds = settings.Number("seconds", 40);
        using var workplace = new Workplace();
        await using var server = Peer.ProductOn(workplace.Path);
        await server.StartAsync();
        await server.Client.CreateInstanceAsync(Peer.Shop);
        using var client = new WaqtorClient(server.Url, WaqtorServer.AdminKey, 256);
        // Twice as many conversations as open buffers, so that each message opens one of its own.
        var load = new OpenLoop(client, Rate, conversations: 2 * OpenBuffers);
        var meter = new CpuMeter([server.ProcessId]);
        await load.RunAsync(TimeSpan.FromSeconds(seconds));
        var (cores, others) = meter.Read();
        var ended = TimeProvider.System.GetUtcNow();
        await Eventually.TrueAsync("all buffers to be flushed", TimeSpan.FromSeconds(60), async () => (await client.QueueAsync()).IsIdle);
        // Only flushes under full load count: not those of the first window, nor those after the last message.
        var lateness = (await client.AllBatchesAsync("shop"))
            .Where(batch => batch.FlushedAt is not null && batch.DueAt < ended && batch.DueAt > ended.AddSeconds(WindowSeconds - seconds))
            .Select(batch => (batch.FlushedAt!.Value - batch.DueAt).TotalMilliseconds).ToList();
        await Results.WriteAsync("Flush lateness with 10,000 open buffers", string.Create(CultureInfo.InvariantCulture, $"""
            {Rate:N0} conversations/s open a buffer of {WindowSeconds} s each, so {OpenBuffers:N0} are open at any moment; `flushedAt - dueAt` of the batches API.

            | flushes | p50 ms | p99 ms | p99.9 ms | worst ms | failed posts | server cores | strangers' cores |
            |---|---|---|---|---|---|---|---|
            | {lateness.Count:N0} | {Statistics.At(lateness, .5):0.0} | {Statistics.At(lateness, .99):0.0} | {Statistics.At(lateness, .999):0.0} | {Statistics.At(lateness, 1):0.0} | {load.Failures} | {cores:0.00} | {others:0.00} |
            """));
        return load.Failures > 0 ? 1 : 0;
    }
}
