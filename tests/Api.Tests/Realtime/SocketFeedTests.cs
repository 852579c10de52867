using System.Net.WebSockets;
using System.Text;
using Waqtor.Api.Tests.Hosting;

namespace Waqtor.Api.Tests.Realtime;

public sealed class SocketFeedTests(FeedFixture fixture) : FeedConformance(fixture)
{
    private protected override string Transport => "websocket";

    private protected override async Task<FeedClient> OpenAsync(ApiHost node, string key) => await SocketClient.ConnectAsync(node, key);

    private protected override Task<IAsyncDisposable> OpenStalledAsync(ApiHost node) =>
        OpenStalledAsync(node, "/ws", """{"type":"subscribe","topics":["messages"]}""", "\"subscribed\"");

    internal static async Task<IAsyncDisposable> OpenStalledAsync(ApiHost node, string path, string words, string answer)
    {
        var socket = new ClientWebSocket();
        await HearAsync(socket, node, path, words, answer);
        return new StalledClient(socket);
    }

    /// <summary>All that is said up to and with this answer.</summary>
    internal static async Task<string> HearAsync(ApiHost node, string path, string words, string answer)
    {
        using var socket = new ClientWebSocket();
        return await HearAsync(socket, node, path, words, answer);
    }

    private static async Task<string> HearAsync(ClientWebSocket socket, ApiHost node, string path, string words, string answer)
    {
        socket.Options.SetRequestHeader("X-API-Key", ApiHost.AdminKey);
        await socket.ConnectAsync(new Uri($"ws://{node.Address.Authority}{path}"), CancellationToken.None);
        await socket.SendAsync(Encoding.UTF8.GetBytes(words), WebSocketMessageType.Text, true, CancellationToken.None);
        var heard = "";
        var buffer = new byte[4_096];
        while (!heard.Contains(answer, StringComparison.Ordinal))
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
            heard += Encoding.UTF8.GetString(buffer, 0, part.Count);
        }

        return heard;
    }
}
