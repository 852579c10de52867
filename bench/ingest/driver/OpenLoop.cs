using System.Net;
using Waqtor.ProcessKit;

namespace Waqtor.Bench.Ingest;

/// <summary>
/// Posts at a rate that does not wait for answers, as customers do. Latency counts from the moment a post was due, so
/// that a server that stalls is charged for everything that piled up.
/// </summary>
public sealed class OpenLoop(WaqtorClient client, int rate, int conversations)
{
    private readonly List<double> _milliseconds = [];
    private readonly Lock _lock = new();
    private int _failures;
    private int _sent;

    public int Sent => _sent;

    public int Failures => _failures;

    public IReadOnlyList<double> Milliseconds
    {
        get { lock (_lock) return [.. _milliseconds]; }
    }

    /// <summary>Forgets what was measured so far: the warm-up.</summary>
    public void Forget()
    {
        lock (_lock) _milliseconds.Clear();
        _failures = 0;
    }

    public async Task RunAsync(TimeSpan time, CancellationToken cancellationToken = default)
    {
        // A thread of its own, which waits for nothing else: the runtime's timers count in steps of the kernel's tick, 4 ms on many machines.
        await Task.Factory.StartNew(() => Send(time, cancellationToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await Eventually.TrueAsync("the last answers", TimeSpan.FromSeconds(30), () => Task.FromResult(_open == 0));
    }

    private void Send(TimeSpan time, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        var first = _sent;
        while (TimeProvider.System.GetElapsedTime(started) is var elapsed && elapsed < time && !cancellationToken.IsCancellationRequested)
        {
            for (var due = (int)(elapsed.TotalSeconds * rate); _sent - first < due; _sent++)
                _ = PostAsync(_sent, started, TimeSpan.FromSeconds((double)(_sent - first) / rate));
            cancellationToken.WaitHandle.WaitOne(1);
        }
    }

    private int _open;

    private async Task PostAsync(int number, long started, TimeSpan due)
    {
        Interlocked.Increment(ref _open);
        try
        {
            var phone = $"55119{number % conversations:D8}";
            var status = await client.PostWebhookAsync("evolution", "shop", EvolutionBody.Text("shop", phone, $"3EB0{number:D16}", "gastei 25,78 com Uber"));
            if (status != HttpStatusCode.OK) Interlocked.Increment(ref _failures);
            var late = (TimeProvider.System.GetElapsedTime(started) - due).TotalMilliseconds;
            lock (_lock) _milliseconds.Add(late);
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
        {
            Interlocked.Increment(ref _failures);
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }
}
