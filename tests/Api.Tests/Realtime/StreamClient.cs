using System.Net;
using System.Text;
using System.Text.Json;
using Waqtor.Api.Tests.Hosting;

namespace Waqtor.Api.Tests.Realtime;

/// <summary>Follows the feed by server-sent events and keeps the lines as they came.</summary>
internal sealed class StreamClient : FeedClient
{
    private readonly HttpClient _http = new();
    private readonly ApiHost _host;
    private readonly string _key;
    private readonly string? _cookie;
    private HttpResponseMessage? _response;
    private Task _reading = Task.CompletedTask;
    private volatile string _lastId = "";

    public StreamClient(ApiHost host, string key, string? cookie = null) => (_host, _key, _cookie) = (host, key, cookie);

    /// <summary>Each block's fields.</summary>
    public List<Dictionary<string, string>> Blocks { get; } = [];

    /// <summary>As an <c>EventSource</c> keeps it: the last id it saw, whatever the event says of itself.</summary>
    public override string Cursor => _lastId;

    public HttpStatusCode Status => _response!.StatusCode;

    /// <summary>A stream's topics are fixed: this opens it.</summary>
    public override async Task<JsonElement> SubscribeAsync(string[] topics, string? cursor = null)
    {
        await OpenAsync($"/api/realtime/events?topics={Uri.EscapeDataString(string.Join(',', topics))}", cursor);
        return _response!.IsSuccessStatusCode ? await StandingAsync() : await ApiHost.ReadAsync(_response);
    }

    public async Task OpenAsync(string path, string? lastEventId)
    {
        _response?.Dispose();
        await _reading;
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_host.Address, path));
        if (_key.Length > 0) request.Headers.Add("X-API-Key", _key);
        if (_cookie is not null) request.Headers.Add("Cookie", _cookie);
        if (lastEventId is not null) request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEventId);
        _response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (_response.IsSuccessStatusCode) _reading = ReadAllAsync(await _response.Content.ReadAsStreamAsync());
    }

    public override async ValueTask DisposeAsync()
    {
        _response?.Dispose();
        _http.Dispose();
        await _reading;
    }

    // What a stream says of itself has its name beside it.
    private static JsonElement Envelope(string name, JsonElement data) =>
        name is "disconnected" or "error" ? JsonSerializer.SerializeToElement(new { @event = name, payload = data }) : data;

    private async Task ReadAllAsync(Stream stream)
    {
        try
        {
            using var reader = new StreamReader(stream, Encoding.UTF8);
            var block = new Dictionary<string, string>();
            while (await reader.ReadLineAsync() is { } line)
            {
                if (line.Length > 0)
                {
                    var colon = line.IndexOf(':', StringComparison.Ordinal);
                    if (colon > 0) block.Add(line[..colon], line[(colon + 1)..].TrimStart());
                    else block["comment"] = line;
                    continue;
                }

                lock (Blocks) Blocks.Add(block);
                if (block.TryGetValue("id", out var id)) _lastId = id;
                if (block.TryGetValue("data", out var data)) Heard(Envelope(block["event"], JsonDocument.Parse(data).RootElement));
                block = [];
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or HttpRequestException)
        {
            // Cut, by either side.
        }

        Over();
    }
}
