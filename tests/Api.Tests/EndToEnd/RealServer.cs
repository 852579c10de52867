using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Hosting;
using Waqtor.Api.Tests.Hosting;
using Waqtor.Archive;
using Waqtor.Instances;
using Waqtor.TestKit;
using Waqtor.WhatsApp;

namespace Waqtor.Api.Tests.EndToEnd;

/// <summary>The API over the real grains, store and archive, on real time.</summary>
internal sealed class RealServer : IAsyncDisposable
{
    private readonly List<ApiHost> _nodes = [];
    private GrainCluster _grains = null!;

    private RealServer()
    {
    }

    public ApiHost Node => _nodes[0];

    public static async Task<RealServer> StartAsync()
    {
        var server = new RealServer();
        server._grains = await GrainCluster.StartAsync(options =>
        {
            options.UsesRealTime = true;
            options.ConfigureSilo = silo => silo.AddMemoryStreams(InstanceStreams.Provider);
            options.ConfigureServices = services => Configure(services, server);
        });
        await server.AddNodeAsync();
        return server;
    }

    /// <summary>One more API over the same grains.</summary>
    public async Task<ApiHost> AddNodeAsync()
    {
        var node = await ApiHost.StartAsync(configure: services =>
        {
            services.AddSingleton(_grains.Grains);
            services.AddSingleton(_grains.Client);
            services.AddSingleton(_grains.Services.GetRequiredService<IArchiveQueries>());
        });
        _nodes.Add(node);
        return node;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes) await node.DisposeAsync();
        await _grains.DisposeAsync();
    }

    private static void Configure(IServiceCollection services, RealServer server)
    {
        var waqtor = new ConfigurationBuilder()
            .AddInMemoryCollection([new("DataPath", server._grains?.DataPath ?? Directory.CreateTempSubdirectory("waqtor-archive-").FullName)])
            .Build();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        services.AddSingleton<ISecretProtector, PlainSecrets>();
        services.AddWaqtorWhatsApp(waqtor);
        services.AddWaqtorArchive(waqtor);
        services.AddWaqtorGrains(waqtor);
    }

    private sealed class PlainSecrets : ISecretProtector
    {
        public string Protect(string plain) => $"<{plain}>";
        public string Unprotect(string secret) => secret[1..^1];
    }
}
