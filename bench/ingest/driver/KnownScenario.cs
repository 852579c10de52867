using System.Globalization;
using System.Net;
using Waqtor.ProcessKit;

namespace Waqtor.Bench.Ingest;

/// <summary>What a hundred thousand conversations cost in memory once each has written and was flushed.</summary>
public static class KnownScenario
{
    private const int Conversations = 100_000;

    public static async Task<int> RunAsync(Settings settings)
    {
        _ = settings;
        using var workplace = new Workplace();
        await using var server = Peer.ProductOn(workplace.Path);
        await server.StartAsync();
        await server.Client.CreateInstanceAsync(Peer.Shop);
        var empty = ProcessMemory.ResidentMegabytes(server.ProcessId);
        await Filling.OpenAsync(server.Client, Conversations);
        var peak = ProcessMemory.ResidentMegabytes(server.ProcessId);
        await Eventually.TrueAsync("all buffers to be flushed", TimeSpan.FromSeconds(180), async () => (await server.Client.QueueAsync()).IsIdle);
        await Eventually.PauseAsync(TimeSpan.FromSeconds(30));
        var after = ProcessMemory.ResidentMegabytes(server.ProcessId);
        await Eventually.PauseAsync(TimeSpan.FromSeconds(90));
        var atRest = ProcessMemory.ResidentMegabytes(server.ProcessId);
        await server.KillAsync();
        await server.StartAsync();
        await Eventually.PauseAsync(TimeSpan.FromSeconds(5));
        var again = ProcessMemory.ResidentMegabytes(server.ProcessId);
        await Results.WriteAsync("100,000 conversations known", string.Create(CultureInfo.InvariantCulture, $"""
            One message each from {Conversations:N0} customers; resident memory of the process.

            | empty MB | last buffer just opened MB | all flushed, 30 s later MB | 2 minutes later MB | after a restart MB |
            |---|---|---|---|---|
            | {empty:0} | {peak:0} | {after:0} | {atRest:0} | {again:0} |
            """));
        return 0;
    }
}
