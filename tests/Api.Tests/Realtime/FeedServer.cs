using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NSubstitute;
using Orleans.Hosting;
using Waqtor.Api.Tests.Fakes;
using Waqtor.Api.Tests.Hosting;
using Waqtor.Archive;
using Waqtor.Instances;
using Waqtor.Realtime;
using Waqtor.TestKit;
using Waqtor.WhatsApp;

namespace Waqtor.Api.Tests.Realtime;

/// <summary>Nodes with the API over the real grains, on one clock that a test moves. The archive keeps nothing.</summary>
internal sealed class FeedServer : IAsyncDisposable
{
    private readonly List<ApiHost> _nodes = [];
    private readonly (string Key, string Value)[] _settings;

    private FeedServer(GrainCluster grains, (string Key, string Value)[] settings) => (Grains, _settings) = (grains, settings);

    public GrainCluster Grains { get; }

    public ApiHost Node => _nodes[0];

    public IReadOnlyList<ApiHost> Nodes => _nodes;

    /// <param name="settings">Of grains and nodes, such as <c>Topics:HistoryEventsMax</c>.</param>
    public static async Task<FeedServer> StartAsync((string Key, string Value)[] settings)
    {
        var grains = await GrainCluster.StartAsync(options =>
        {
            options.ConfigureSilo = silo => silo.AddMemoryStreams(TopicStreams.Provider);
            options.ConfigureServices = services => Configure(services, settings);
        });
        var server = new FeedServer(grains, settings);
        await server.AddNodeAsync();
        return server;
    }

    /// <summary>One more node over the same grains.</summary>
    /// <param name="hasHints">False: no stream reaches it, and it has to ask.</param>
    /// <param name="settings">Beside those of the server.</param>
    public async Task<ApiHost> AddNodeAsync(bool hasHints = true, params (string Key, string Value)[] settings)
    {
        var node = await ApiHost.StartAsync(new FakeCluster(Grains.Clock), [.. _settings, .. settings], services =>
        {
            services.AddSingleton(Grains.Grains);
            if (hasHints) services.AddSingleton(Grains.Client);
        });
        _nodes.Add(node);
        return node;
    }

    public async Task StopOtherNodesAsync()
    {
        foreach (var node in _nodes.Skip(1).ToList())
        {
            _nodes.Remove(node);
            await node.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes) await node.DisposeAsync();
        await Grains.DisposeAsync();
    }

    private static void Configure(IServiceCollection services, (string Key, string Value)[] settings)
    {
        var waqtor = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => new KeyValuePair<string, string?>(setting.Key, setting.Value)))
            .Build();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        services.AddSingleton<ISecretProtector, PlainSecrets>();
        services.AddSingleton(Substitute.For<IArchiveWriter>());
        services.AddWaqtorWhatsApp(waqtor);
        services.AddWaqtorGrains(waqtor);
    }

    private sealed class PlainSecrets : ISecretProtector
    {
        public string Protect(string plain) => $"<{plain}>";
        public string Unprotect(string secret) => secret[1..^1];
    }
}
