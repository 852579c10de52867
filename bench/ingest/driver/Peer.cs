using System.Globalization;
using Waqtor.ProcessKit;

namespace Waqtor.Bench.Ingest;

/// <summary>A receiver of webhooks that is measured: its name in the table, and how to start it on a data folder.</summary>
public sealed record Peer(string Name, Func<string, Task<Peer.Running>> StartAsync)
{
    public const string Product = "WaQtor";
    public const string ProductUnsynced = "WaQtor, syncs off";
    public const string Bare = "bare endpoint, nothing stored";
    public const string BullAlways = "Node http + BullMQ, appendfsync always";
    public const string BullEverySecond = "Node http + BullMQ, appendfsync everysec";

    public static IReadOnlyList<Peer> All { get; } =
    [
        new(Bare, StartBareAsync),
        new(Product, folder => StartProductAsync(folder, syncs: true)),
        new(ProductUnsynced, folder => StartProductAsync(folder, syncs: false)),
        new(BullAlways, folder => StartBullAsync(folder, "always")),
        new(BullEverySecond, folder => StartBullAsync(folder, "everysec")),
    ];

    private static async Task<Running> StartBareAsync(string folder)
    {
        var url = $"http://127.0.0.1:{WaqtorServer.FreePort()}";
        var bare = Background.Start("dotnet", folder, Path.Combine(await Programs.BareAsync(), "waqtor-bench-bare.dll"), "--urls", url);
        await bare.ReadyAsync(url);
        return new Running(url, [bare.Id], [bare]);
    }

    private static async Task<Running> StartProductAsync(string folder, bool syncs)
    {
        var server = ProductOn(folder);
        if (!syncs)
            server.Environment["Waqtor__Store__Sync"] = "false";
        await server.StartAsync();
        await server.Client.CreateInstanceAsync(Shop);
        return new Running(server.Url, [server.ProcessId], [server]);
    }

    private static async Task<Running> StartBullAsync(string folder, string policy)
    {
        var modules = await Programs.NodeAsync();
        var (redisPort, port) = (WaqtorServer.FreePort(), WaqtorServer.FreePort());
        var url = $"http://127.0.0.1:{port}";
        var redis = Background.Start("redis-server", folder,
            "--port", Text(redisPort), "--bind", "127.0.0.1", "--dir", folder, "--appendonly", "yes", "--appendfsync", policy, "--save", "");
        await Eventually.PauseAsync(TimeSpan.FromSeconds(1));
        var node = Background.Start("node", modules, "webhook.mjs", Text(redisPort), Text(port));
        await node.ReadyAsync(url);
        return new Running(url, [node.Id, redis.Id], [node, redis]);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The instance that is measured: the buffer with its defaults, and a bot that is on but has no text to reply with.</summary>
    public static InstanceOptions Shop { get; } = new() { Name = "shop", FallbackText = "" };

    /// <summary>The program on a data folder, with the ingest limit out of the way.</summary>
    public static WaqtorServer ProductOn(string folder) => new(folder);

    /// <summary>A started peer.</summary>
    public sealed record Running(string Url, IReadOnlyList<int> Processes, IReadOnlyList<IAsyncDisposable> Parts) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            foreach (var part in Parts)
                await part.DisposeAsync();
        }
    }
}
