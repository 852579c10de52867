using System.Globalization;
using Waqtor.ProcessKit;

namespace Waqtor.Bench.Ingest;

/// <summary>How soon ten thousand conversations that came due during an outage are flushed.</summary>
public static class StartScenario
{
    private const int Pending = 10_000;
    private const int WindowSeconds = 20;

    public static async Task<int> RunAsync(Settings settings)
    {
        var rows = new List<string>();
        for (var round = 1; round <= settings.Rounds; round++)
        {
            using var workplace = new Workplace();
            await using var server = Peer.ProductOn(workplace.Path);
            await server.StartAsync();
            await server.Client.CreateInstanceAsync(Peer.Shop with { Buffer = new BufferOptions(Seconds: WindowSeconds) });
            await Filling.OpenAsync(server.Client, Pending);
            await server.KillAsync();
            await Eventually.PauseAsync(TimeSpan.FromSeconds(WindowSeconds));
            var launched = TimeProvider.System.GetUtcNow();
            var ready = await server.StartAsync();
            await Eventually.TrueAsync("all buffers to be flushed", TimeSpan.FromSeconds(120), async () => (await server.Client.QueueAsync()).IsIdle);
            var batches = await server.Client.AllBatchesAsync("shop");
            var overdue = batches.Where(batch => batch.FlushedAt > launched).ToList();
            rows.Add(string.Create(CultureInfo.InvariantCulture,
                $"| {round} | {overdue.Count:N0} | {ready.TotalSeconds:0.00} | {(overdue.Max(batch => batch.FlushedAt)!.Value - launched).TotalSeconds:0.00} |"));
        }
        await Results.WriteAsync("Start-up with 10,000 pending conversations", $"""
            {Pending:N0} buffers were open when the program was killed; it is started when all are overdue. Seconds from the start of the process.

            | round | flushed after the start | ready s | all flushed s |
            |---|---|---|---|
            {string.Join('\n', rows)}
            """);
        return 0;
    }
}
