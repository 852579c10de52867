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

        return new StalledClient(socket);
    }
}
