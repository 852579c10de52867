using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Waqtor.Api.Tests.Hosting;

namespace Waqtor.Api.Tests.Realtime;

/// <summary>Follows the feed by <c>/ws</c>.</summary>
internal sealed class SocketClient : FeedClient
{
    private readonly ClientWebSocket _socket = new();
    private readonly Channel<JsonElement> _answers = Channel.CreateUnbounded<JsonElement>();
    private Task _reading = Task.CompletedTask;

    public WebSocketCloseStatus? Status => _socket.CloseStatus;

    public string? StatusText => _socket.CloseStatusDescription;

    public static async Task<SocketClient> ConnectAsync(ApiHost host, string? key, string path = "/ws", Action<ClientWebSocketOptions>? configure = null)
    {
        var client = new SocketClient();
        if (key is not null) client._socket.Options.SetRequestHeader("X-API-Key", key);
        configure?.Invoke(client._socket.Options);
        await client._socket.ConnectAsync(new Uri($"ws://{host.Address.Authority}{path}"), CancellationToken.None);
        client._reading = client.ReadAllAsync();
        return client;
    }

    public override async Task<JsonElement> SubscribeAsync(string[] topics, string? cursor = null)
    {
        await SendAsync(JsonSerializer.Serialize(new { type = "subscribe", topics, cursor }));
        return await StandingAsync();
    }

    public Task SendAsync(string text) => _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None);

    /// <summary>The next answer of this type; others before it are passed over.</summary>
    public async Task<JsonElement> AnswerAsync(string type)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await foreach (var answer in _answers.Reader.ReadAllAsync(patience.Token))
        {
            if (answer.GetProperty("type").GetString() == type) return answer;
        }

        throw new InvalidOperationException($"The connection ended before {type}.");
    }

    public override async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await _reading;
        _socket.Dispose();
    }

    private async Task ReadAllAsync()
    {
        var buffer = new byte[256 * 1024];
        try
        {
            while (true)
            {
                var length = 0;
                ValueWebSocketReceiveResult part;
                do
                {
                    part = await _socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                    length += part.Count;
                }
                while (!part.EndOfMessage);

                if (part.MessageType == WebSocketMessageType.Close)
                {
                    await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
                    break;
                }

                var said = JsonDocument.Parse(buffer.AsMemory(0, length).ToArray()).RootElement;
                _answers.Writer.TryWrite(said);
                if (said.GetProperty("type").GetString() is "event" or "subscribed" or "error" or "connected" or "cursor" or "disconnected") Heard(said);
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException)
        {
            // Cut, by either side.
        }

        _answers.Writer.TryComplete();
        Over();
    }
}
