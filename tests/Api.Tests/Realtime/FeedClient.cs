using System.Text.Json;
using System.Threading.Channels;

namespace Waqtor.Api.Tests.Realtime;

/// <summary>A client of the feed, whatever its transport: what it was told, in order.</summary>
internal abstract class FeedClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Channel<JsonElement> _events = Channel.CreateUnbounded<JsonElement>();
    private readonly Channel<JsonElement> _standings = Channel.CreateUnbounded<JsonElement>();
    private readonly Channel<JsonElement> _words = Channel.CreateUnbounded<JsonElement>();
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<string, string> _places = [];

    private readonly Dictionary<string, string> _cursors = [];

    /// <summary>As a client keeps it: the last id of each topic.</summary>
    public virtual string Cursor
    {
        get
        {
            lock (_places) return string.Join('|', _places.Values);
        }
    }

    /// <summary>The next event of the topics.</summary>
    public Task<JsonElement> NextAsync() => ReadAsync(_events, "an event");

    /// <summary>The next word on where the client stands.</summary>
    public Task<JsonElement> StandingAsync() => ReadAsync(_standings, "a standing");

    /// <summary>The next of the connection's other words: warnings, errors, the last one.</summary>
    public Task<JsonElement> WordAsync() => ReadAsync(_words, "a word of the connection");

    public async Task<IReadOnlyList<int>> NumbersAsync(int count)
    {
        var numbers = new List<int>();
        while (numbers.Count < count) numbers.Add((await NextAsync()).GetProperty("payload").GetProperty("number").GetInt32());
        return numbers;
    }

    /// <summary>What the client would hand back, had it been cut right after this event.</summary>
    public string CursorAfter(JsonElement told)
    {
        lock (_places) return _cursors[told.GetProperty("id").GetString()!];
    }

    public bool HasNext => _events.Reader.Count > 0;

    public async Task ClosedAsync()
    {
        try
        {
            await _closed.Task.WaitAsync(Patience, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException("Awaited in vain: the end of the connection.");
        }
    }

    public abstract Task<JsonElement> SubscribeAsync(string[] topics, string? cursor = null);

    public abstract ValueTask DisposeAsync();

    protected void Heard(JsonElement said)
    {
        if (said.TryGetProperty("recovered", out _)) Stand(said);
        else if (said.TryGetProperty("topic", out var topic) && topic.GetString() != "connection") Take(said);
        else if (said.TryGetProperty("payload", out var payload) && payload.ValueKind == JsonValueKind.Object && payload.TryGetProperty("recovered", out _)) Stand(payload);
        else _words.Writer.TryWrite(said);
    }

    protected void Over() => _closed.TrySetResult();

    protected void Stand(JsonElement standing)
    {
        foreach (var place in standing.GetProperty("cursor").GetString()!.Split('|', StringSplitOptions.RemoveEmptyEntries)) Remember(place);
        _standings.Writer.TryWrite(standing);
    }

    private void Take(JsonElement told)
    {
        if (told.GetProperty("topic").GetString() != "everyone")
        {
            var id = told.GetProperty("id").GetString()!;
            Remember(id);
            lock (_places) _cursors[id] = Cursor;
        }

        _events.Writer.TryWrite(told);
    }

    private void Remember(string place)
    {
        lock (_places) _places[place[..place.LastIndexOf('.', place.LastIndexOf('.') - 1)]] = place;
    }

    private static async Task<JsonElement> ReadAsync(Channel<JsonElement> channel, string what)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            return await channel.Reader.ReadAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"Awaited in vain: {what}.");
        }
    }
}
