using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;

namespace EmbeddedOrleans.Tests;

/// <summary>A test class with a cluster per test. Streams are there under the name "streams".</summary>
public abstract class ClusterTest : IAsyncLifetime
{
    internal const string Streams = "streams";

    private GrainCluster? _cluster;

    internal Gates Gates { get; } = new();

    protected GrainCluster Cluster => _cluster ?? throw new InvalidOperationException("The cluster has not started.");

    public async Task InitializeAsync() => _cluster = await GrainCluster.StartAsync(options =>
    {
        options.UsesRealTime = UsesRealTime;
        options.ConfigureSilo = silo => Configure(silo.AddMemoryStreams(Streams));
        options.ConfigureServices = services =>
        {
            services.AddSingleton(Gates);
            ConfigureServices(services);
        };
    });

    public async Task DisposeAsync()
    {
        if (_cluster is not null) await _cluster.DisposeAsync();
    }

    protected virtual bool UsesRealTime => false;

    protected virtual void Configure(ISiloBuilder silo)
    {
    }

    protected virtual void ConfigureServices(IServiceCollection services)
    {
    }

    protected T Grain<T>(string key = "one")
        where T : IGrainWithStringKey => Cluster.Grains.GetGrain<T>(key);
}
