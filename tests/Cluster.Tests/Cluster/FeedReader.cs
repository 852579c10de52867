using System.Text.Json.Nodes;

namespace Waqtor.Cluster.Tests.Cluster;

/// <summary>Follows the topic <c>messages</c> by server-sent events at one node, from where it stood at another.</summary>
internal sealed class FeedReader : IAsyncDisposable
{
    // What the server asks for by default.
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(2);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };
    private readonly CancellationTokenSource _stop = new();
    private Task _reading = Task.CompletedTask;

    /// <summary>What the server said at each connection and each new epoch: whether nothing is missing.</summary>
    public List<bool> Recovered { get; } = [];

    /// <summary>Epoch and sequence of each event, with the id of the message it tells of.</summary>
    public List<(string Epoch, long Sequence, string? Received)> Events { get; } = [];

    /// <summary>How often it was sent away.</summary>
    public int Ends { get; private set; }

    /// <summary>Where this reader stands, to be handed to the next.</summary>
    public string? Cursor { get; private set; }

    /// <summary>
    /// From now on, and until it is disposed of: as browsers do, it comes back to the same node when a stream ends, which is how a
    /// node tells that a topic cannot be had just now.
    /// </summary>
    public async Task ConnectAsync(string url, string key, string? cursor)
    {
        Cursor = cursor;
        var connected = new TaskCompletionSource();
        _reading = FollowAsync(url, key, connected);
        await connected.Task.WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System);
    }

    /// <summary>True when an event that holds the text was read.</summary>
    public bool Has(string providerMessageId)
    {
        lock (Events) return Events.Any(one => one.Received == providerMessageId);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading;
        _http.Dispose();
        _stop.Dispose();
    }

    private async Task FollowAsync(string url, string key, TaskCompletionSource connected)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await ReadAsync(url, key, connected);
                Ends++;
                await Task.Delay(Retry, TimeProvider.System, _stop.Token);
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException or HttpRequestException)
            {
                // The node died, or the test ends.
                connected.TrySetException(exception);
                return;
            }
        }
    }

    private async Task ReadAsync(string url, string key, TaskCompletionSource connected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{url}/api/realtime/events?topics=messages");
        request.Headers.Add("X-API-Key", key);
        if (Cursor is { } cursor) request.Headers.Add("Last-Event-ID", cursor);
        using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, _stop.Token);
        answer.EnsureSuccessStatusCode();
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(_stop.Token));
        string? id = null, name = null;
        while (await lines.ReadLineAsync(_stop.Token) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal)) id = line[4..];
            else if (line.StartsWith("event: ", StringComparison.Ordinal)) name = line[7..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal)) Take(name, JsonNode.Parse(line[6..])!, connected);
            else if (line.Length == 0 && id is not null) Cursor = id;
        }
    }

    private void Take(string? name, JsonNode data, TaskCompletionSource connected)
    {
        lock (Events)
        {
            if (data["recovered"] is { } recovered)
            {
                Recovered.Add((bool)recovered);
                Cursor = (string?)data["cursor"] ?? Cursor;
                connected.TrySetResult();
            }
            else if ((string?)data["id"] is { } place && (string?)data["topic"] == "messages")
            {
                var parts = place.Split('.');
                var received = name == "message.received" ? (string?)data["payload"]?["providerMessageId"] : null;
                Events.Add((parts[^2], long.Parse(parts[^1], System.Globalization.CultureInfo.InvariantCulture), received));
            }
        }
    }
}
