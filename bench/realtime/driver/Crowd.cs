namespace RealtimeBench;

/// <summary>Many connections to one server.</summary>
internal sealed class Crowd : IAsyncDisposable
{
    private const int OpeningAtOnce = 20;
    private static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(8);

    private readonly List<RawClient> _clients = [];
    private readonly CancellationTokenSource _stop = new();
    private Task _beating = Task.CompletedTask;

    public Tally Tally { get; } = new();

    public int Open => _clients.Count(client => !client.IsClosed);

    public static async Task<Crowd> OpenAsync(Transport transport, Server server, int count)
    {
        var crowd = new Crowd();
        foreach (var some in Enumerable.Range(0, count).Chunk(OpeningAtOnce))
        {
            crowd._clients.AddRange(await Task.WhenAll(some.Select(_ => RawClient.OpenAsync(transport, server.Port, crowd.Tally))));
        }

        crowd._beating = crowd.BeatAsync();
        return crowd;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _beating;
        foreach (var client in _clients) client.Dispose();
        _stop.Dispose();
    }

    private async Task BeatAsync()
    {
        using var timer = new PeriodicTimer(BeatEvery, TimeProvider.System);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                foreach (var client in _clients) await client.BeatAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
    }
}
