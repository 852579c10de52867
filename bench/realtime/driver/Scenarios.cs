using System.Diagnostics;

namespace RealtimeBench;

/// <summary>The measurements of one transport.</summary>
internal sealed class Scenarios(Settings settings)
{
    // With the envelope around it, 300 bytes.
    private const int PayloadBytes = 60;
    private const int LargePayloadBytes = 16_384;
    private const int EventsPerSecond = 20;
    private const int EventsAtOnce = 40;
    private const int StalledAmong = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public async Task<Figures> RunAsync(Transport transport, int connections, CancellationToken cancellationToken)
    {
        await using var server = await Server.StartAsync(transport == Transport.BareHub, cancellationToken);
        await WarmUpAsync(transport, server, cancellationToken);
        var before = await SettledAsync(server, cancellationToken);
        double memory, throughput;
        (double P50, double P99, double Max) latency;
        int lost;
        await using (var crowd = await Crowd.OpenAsync(transport, server, connections))
        {
            memory = (double)(await SettledAsync(server, cancellationToken) - before) / connections;
            latency = await SteadyAsync(server, crowd, PayloadBytes, settings.Seconds, cancellationToken);
            throughput = await ThroughputAsync(server, crowd, connections, cancellationToken);
            lost = connections - crowd.Open;
        }

        var (plain, beside) = await StalledAsync(transport, cancellationToken);
        return new Figures(transport, connections, throughput, latency.P50, latency.P99, memory, plain, beside, lost);
    }

    // So that neither the first requests nor the first compilation count.
    private static async Task WarmUpAsync(Transport transport, Server server, CancellationToken cancellationToken)
    {
        await using var crowd = await Crowd.OpenAsync(transport, server, 50);
        for (var i = 0; i < 500; i++) await server.PublishAsync(PayloadBytes, cancellationToken);
        await WaitAsync(() => crowd.Tally.Events >= 25_000, cancellationToken);
    }

    private static async Task<long> SettledAsync(Server server, CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System, cancellationToken);
        return server.ResidentKilobytes();
    }

    private static async Task<(double P50, double P99, double Max)> SteadyAsync(Server server, Crowd crowd, int bytes, int seconds, CancellationToken cancellationToken)
    {
        crowd.Tally.Clear();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / EventsPerSecond), TimeProvider.System);
        var publishing = new List<Task>();
        for (var i = 0; i < seconds * EventsPerSecond && await timer.WaitForNextTickAsync(cancellationToken); i++) publishing.Add(server.PublishAsync(bytes, cancellationToken));
        await Task.WhenAll(publishing);
        await WaitAsync(() => crowd.Tally.Events >= (long)publishing.Count * crowd.Open, cancellationToken);
        return crowd.Tally.Percentiles();
    }

    // As fast as it goes, with so many events under way: a publisher that ran ahead would only measure the queues.
    private async Task<double> ThroughputAsync(Server server, Crowd crowd, int connections, CancellationToken cancellationToken)
    {
        crowd.Tally.Clear();
        var published = 0L;
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started).TotalSeconds < settings.Seconds)
        {
            await Task.WhenAll(Enumerable.Range(0, EventsAtOnce / 4).Select(_ => server.PublishAsync(PayloadBytes, cancellationToken)));
            published += EventsAtOnce / 4;
            await WaitAsync(() => (published * connections) - crowd.Tally.Events <= (long)EventsAtOnce * connections * 3 / 4 || crowd.Open < connections, cancellationToken);
        }

        await WaitAsync(() => crowd.Tally.Events >= published * crowd.Open, cancellationToken);
        return crowd.Tally.Events / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    // Events large enough to fill the buffers of a socket that nobody reads. The first half of each run only fills them.
    private async Task<(double Plain, double Beside)> StalledAsync(Transport transport, CancellationToken cancellationToken)
    {
        await using var server = await Server.StartAsync(transport == Transport.BareHub, cancellationToken);
        await WarmUpAsync(transport, server, cancellationToken);
        await using var crowd = await Crowd.OpenAsync(transport, server, StalledAmong);
        await SteadyAsync(server, crowd, LargePayloadBytes, settings.Seconds / 2, cancellationToken);
        var plain = await SteadyAsync(server, crowd, LargePayloadBytes, settings.Seconds, cancellationToken);
        using var stalled = await RawClient.OpenAsync(transport, server.Port, new Tally(), reads: false);
        await SteadyAsync(server, crowd, LargePayloadBytes, settings.Seconds / 2, cancellationToken);
        var beside = await SteadyAsync(server, crowd, LargePayloadBytes, settings.Seconds, cancellationToken);
        return (plain.P99, beside.P99);
    }

    private static async Task WaitAsync(Func<bool> condition, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (!condition() && Stopwatch.GetElapsedTime(started) < Patience) await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, cancellationToken);
    }
}
