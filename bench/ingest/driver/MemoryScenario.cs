using System.Globalization;
using Waqtor.ProcessKit;

namespace Waqtor.Bench.Ingest;

/// <summary>Whether memory stays flat under steady load.</summary>
public static class MemoryScenario
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(Settings settings)
    {
        var rate = settings.Number("rate", 500);
        var minutes = settings.Minutes;
        using var workplace = new Workplace();
        await using var server = Peer.ProductOn(workplace.Path);
        await server.StartAsync();
        await server.Client.CreateInstanceAsync(Peer.Shop);
        using var client = new WaqtorClient(server.Url, WaqtorServer.AdminKey, 64);
        var load = new OpenLoop(client, rate, conversations: 20_000);
        using var end = new CancellationTokenSource();
        var posting = load.RunAsync(TimeSpan.FromMinutes(minutes), end.Token);
        var samples = new List<(double Minute, double Megabytes)>();
        var started = TimeProvider.System.GetTimestamp();
        while (!posting.IsCompleted)
        {
            await Task.WhenAny(posting, Eventually.PauseAsync(Step));
            var minute = TimeProvider.System.GetElapsedTime(started).TotalMinutes;
            samples.Add((minute, ProcessMemory.ResidentMegabytes(server.ProcessId)));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{minute,6:0.0} min  {samples[^1].Megabytes,6:0} MB  {load.Sent,9:N0} messages"));
        }
        await posting;
        double Mean(double from, double to) => samples.Where(sample => sample.Minute >= from * minutes && sample.Minute <= to * minutes + .2)
            .Select(sample => sample.Megabytes).DefaultIfEmpty(double.NaN).Average();
        await Results.WriteAsync("Memory under steady load", string.Create(CultureInfo.InvariantCulture, $"""
            {rate:N0} messages/s over 20,000 conversations for {minutes} minutes; resident memory of the process, mean of each fifth of the time.

            | messages | failed | 1st MB | 2nd MB | 3rd MB | 4th MB | 5th MB | highest MB |
            |---|---|---|---|---|---|---|---|
            | {load.Sent:N0} | {load.Failures} | {Mean(0, .2):0} | {Mean(.2, .4):0} | {Mean(.4, .6):0} | {Mean(.6, .8):0} | {Mean(.8, 1):0} | {samples.Max(sample => sample.Megabytes):0} |
            """));
        return load.Failures > 0 ? 1 : 0;
    }
}
