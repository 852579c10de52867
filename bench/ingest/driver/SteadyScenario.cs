using System.Globalization;
using System.Text;
using Waqtor.ProcessKit;

namespace Waqtor.Bench.Ingest;

/// <summary>How long an acknowledgement takes at a rate the machine can bear, beside an endpoint that stores nothing.</summary>
public static class SteadyScenario
{
    private const int Connections = 256;

    public static async Task<int> RunAsync(Settings settings)
    {
        var seconds = settings.Number("seconds", 30);
        var warmUp = settings.Number("warm-up", 10);
        var text = new StringBuilder();
        text.AppendLine(string.Create(CultureInfo.InvariantCulture,
            $"Open loop, {settings.Rate:N0} messages/s for {seconds} s after {warmUp} s of warm-up over 20,000 conversations; latency counts from the moment a post was due, so it"));
        text.AppendLine("includes the generator's tick of 1 ms.");
        text.AppendLine();
        text.AppendLine("| case | messages | failed | p50 ms | p99 ms | p99.9 ms | worst ms | server cores | strangers' cores |");
        text.AppendLine("|---|---|---|---|---|---|---|---|---|");
        var failures = 0;
        foreach (var peer in Peer.All.Where(peer => peer.Name is Peer.Bare or Peer.Product && peer.Name.StartsWith(settings.Only, StringComparison.OrdinalIgnoreCase)))
            for (var round = 0; round < settings.Rounds; round++)
                failures += await MeasureAsync(peer, settings.Rate, warmUp, seconds, text);
        if (settings.Only.Length == 0) await Results.WriteAsync("Acknowledgement latency at a steady rate", text.ToString());
        else Console.WriteLine(text);
        return failures > 0 ? 1 : 0;
    }

    private static async Task<int> MeasureAsync(Peer peer, int rate, int warmUp, int seconds, StringBuilder text)
    {
        using var workplace = new Workplace();
        await using var running = await peer.StartAsync(workplace.Path);
        using var client = new WaqtorClient(running.Url, WaqtorServer.AdminKey, Connections);
        var load = new OpenLoop(client, rate, conversations: 20_000);
        await load.RunAsync(TimeSpan.FromSeconds(warmUp));
        load.Forget();
        var meter = new CpuMeter(running.Processes);
        await load.RunAsync(TimeSpan.FromSeconds(seconds));
        var (cores, others) = meter.Read();
        var latencies = load.Milliseconds;
        text.AppendLine(string.Create(CultureInfo.InvariantCulture,
            $"| {peer.Name} | {latencies.Count:N0} | {load.Failures} | {Statistics.At(latencies, .5):0.0} | {Statistics.At(latencies, .99):0.0} "
            + $"| {Statistics.At(latencies, .999):0.0} | {Statistics.At(latencies, 1):0.0} | {cores:0.00} | {others:0.00} |"));
        return load.Failures;
    }
}
