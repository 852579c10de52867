using System.Globalization;
using System.Text;
using Waqtor.ProcessKit;

namespace Waqtor.Bench.Ingest;

/// <summary>
/// Durable acknowledgements per second. Cases take turns, so that a change of the machine's mood meets all of them;
/// each starts on an empty folder, is warmed up, and waits for a quiet machine.
/// </summary>
public static class AcksScenario
{
    // Until the just-in-time compiler has done most of its work: after 4 s it still took as much of the processors as the messages.
    private const int WarmUpSeconds = 20;
    private const double QuietCores = 0.3;

    public static async Task<int> RunAsync(Settings settings)
    {
        var peers = Peer.All.Where(peer => peer.Name.StartsWith(settings.Only, StringComparison.OrdinalIgnoreCase)).ToList();
        var runs = peers.ToDictionary(peer => peer.Name, _ => new List<Run>());
        // A noisy run is repeated, but not for ever: on a busy machine there may be no other.
        for (var round = 1; round <= 3 * settings.Rounds; round++)
            foreach (var peer in peers.Where(peer => runs[peer.Name].Count(run => run.IsQuiet) < settings.Rounds))
            {
                var run = await MeasureAsync(peer, settings.Seconds);
                runs[peer.Name].Add(run);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"round {round}  {peer.Name,-42} {run.Load.PerSecond,8:N0}/s  p50 {run.Load.P50Milliseconds:0.00} ms  p99 {run.Load.P99Milliseconds:0.0} ms"
                    + $"  failed {run.Load.Failures}  server {run.ServerCores:0.00} cores, strangers {run.OtherCores:0.00}"));
            }
        if (settings.Only.Length == 0)
            await Results.WriteAsync("Durable acknowledgements per second, 64 connections", Table(runs, settings));
        return runs.Values.SelectMany(list => list).Any(run => run.Load.Failures > 0) ? 1 : 0;
    }

    private static async Task<Run> MeasureAsync(Peer peer, int seconds)
    {
        using var workplace = new Workplace();
        await using var running = await peer.StartAsync(workplace.Path);
        await Wrk.RunAsync(running.Url, WarmUpSeconds);
        await WaitForQuietAsync();
        var meter = new CpuMeter(running.Processes);
        var load = await Wrk.RunAsync(running.Url, seconds);
        var (servers, others) = meter.Read();
        return new Run(load, servers, others);
    }

    // The server itself may still be busy with what it took in: that is not noise, so the wait is short.
    private static async Task WaitForQuietAsync()
    {
        for (var tries = 0; tries < 10 && await CpuMeter.SampleAsync() > QuietCores; tries++)
        {
        }
    }

    private static string Table(Dictionary<string, List<Run>> runs, Settings settings)
    {
        var text = new StringBuilder();
        text.AppendLine("Bodies: Evolution `messages.upsert`, unique ids, 20,000 conversations. WaQtor: buffer on with its defaults, bot on without");
        text.AppendLine("a text to reply with; each 200 is sent after its commit was synced. Peers get the same bodies.");
        text.AppendLine();
        text.AppendLine("| case | acks/s | range | p50 ms | p99 ms | failed | server cores | µs CPU per ack | to bare | to BullMQ always |");
        text.AppendLine("|---|---|---|---|---|---|---|---|---|---|");
        double Rate(string name) => Statistics.Median(Chosen(runs[name]).Select(run => run.Load.PerSecond));
        foreach (var (name, all) in runs)
        {
            var chosen = Chosen(all);
            var rate = Rate(name);
            var cores = Statistics.Median(chosen.Select(run => run.ServerCores));
            text.AppendLine(string.Create(CultureInfo.InvariantCulture,
                $"| {name} | {rate:N0} | {chosen.Min(run => run.Load.PerSecond):N0}-{chosen.Max(run => run.Load.PerSecond):N0} "
                + $"| {Statistics.Median(chosen.Select(run => run.Load.P50Milliseconds)):0.00} | {Statistics.Median(chosen.Select(run => run.Load.P99Milliseconds)):0.0} "
                + $"| {all.Sum(run => run.Load.Failures)} | {cores:0.00} | {cores / rate * 1e6:0} | {rate / Rate(Peer.Bare):0.00} | {rate / Rate(Peer.BullAlways):0.00} |"));
        }
        text.AppendLine();
        var quiet = runs.Values.SelectMany(list => list).Count(run => run.IsQuiet);
        text.AppendLine(string.Create(CultureInfo.InvariantCulture,
            $"Medians of runs of {settings.Seconds} s after {WarmUpSeconds} s to warm up, the cases taking turns until each had {settings.Rounds} quiet ones or {3 * settings.Rounds} in all. {quiet} of {runs.Values.Sum(list => list.Count)} runs were quiet (strangers below "
            + $"{QuietCores} cores, {Statistics.Median(runs.Values.SelectMany(list => list).Select(run => run.OtherCores)):0.00} in the median); noisy ones are left out where a case has quiet ones."));
        return text.ToString();
    }

    private static List<Run> Chosen(List<Run> runs) => runs.Any(run => run.IsQuiet) ? [.. runs.Where(run => run.IsQuiet)] : runs;

    private sealed record Run(LoadFigures Load, double ServerCores, double OtherCores)
    {
        public bool IsQuiet => OtherCores < QuietCores;
    }
}
