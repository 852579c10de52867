using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using Waqtor.ProcessKit;

namespace Waqtor.Bench.Cluster;

/// <summary>Acknowledgements per second and how long each took, then how late buffers are flushed. The load is spread over all nodes.</summary>
internal sealed class Measurement(string key, IReadOnlyList<string> urls, int connections)
{
    private const string Load = "load";
    private const string Calm = "calm";
    private const int Phones = 4_000;
    private const int CalmConversations = 600;
    private static readonly TimeSpan Warmup = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromMinutes(5);

    private readonly List<WaqtorClient> _clients = [.. urls.Select(url => new WaqtorClient(url, key, connections))];
    private int _next;

    public async Task<string> RunAsync(string name, TimeSpan time)
    {
        foreach (var instance in new[] { Load, Calm })
            await _clients[0].CreateInstanceAsync(new InstanceOptions { Name = instance, BaseUrl = "http://127.0.0.1:9", ApiKey = "none", FallbackText = "" });
        await PostForAsync(Warmup);
        var acks = await PostForAsync(time);
        await DrainAsync();
        var loaded = await LatenessAsync(Load);
        await PostCalmlyAsync();
        await DrainAsync();
        var calm = await LatenessAsync(Calm);
        return string.Create(CultureInfo.InvariantCulture,
            $"| {name} | {acks.Count / time.TotalSeconds:0} | {At(acks, .5):0.0} | {At(acks, .99):0.0} | {At(loaded, .5):0} | {At(loaded, .99):0} | {At(calm, .5):0} | {At(calm, .99):0} |");
    }

    private async Task<List<double>> PostForAsync(TimeSpan time)
    {
        var milliseconds = new ConcurrentBag<double>();
        using var stop = new CancellationTokenSource(time, TimeProvider.System);
        await Task.WhenAll(Enumerable.Range(0, connections).Select(connection => Task.Run(async () =>
        {
            var client = _clients[connection % _clients.Count];
            while (!stop.IsCancellationRequested)
            {
                var number = Interlocked.Increment(ref _next);
                var started = Stopwatch.GetTimestamp();
                if (await PostAsync(client, Load, $"55119{number % Phones:D6}", number)) milliseconds.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        })));
        return [.. milliseconds];
    }

    // One message each, spread over the length of a buffer, so that flushes come one by one.
    private async Task PostCalmlyAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(8) / CalmConversations);
        for (var i = 0; i < CalmConversations; i++)
        {
            await timer.WaitForNextTickAsync();
            await PostAsync(_clients[i % _clients.Count], Calm, $"55118{i:D6}", Interlocked.Increment(ref _next));
        }
    }

    private static async Task<bool> PostAsync(WaqtorClient client, string instance, string phone, int number)
    {
        var id = $"3EB0{number:X12}";
        return await client.PostWebhookAsync("evolution", instance, EvolutionBody.Text(instance, phone, id, "Hello there!")) == HttpStatusCode.OK;
    }

    private async Task DrainAsync()
    {
        SeenQueue? queue = null;
        await Eventually.TrueAsync(() => $"the queue to be empty; it is {queue}", DrainTimeout, async () =>
        {
            await Eventually.PauseAsync(TimeSpan.FromSeconds(1));
            return (queue = await _clients[0].QueueAsync()).IsIdle;
        });
    }

    private async Task<List<double>> LatenessAsync(string instance) =>
        [.. (await _clients[0].AllBatchesAsync(instance)).Where(batch => batch is { Reason: "due", FlushedAt: not null })
            .Select(batch => (batch.FlushedAt!.Value - batch.DueAt).TotalMilliseconds)];

    private static double At(List<double> values, double share)
    {
        if (values.Count == 0) return double.NaN;
        values.Sort();
        return values[(int)Math.Min(values.Count - 1, values.Count * share)];
    }
}
