using EmbeddedOrleans.Hosting;
using EmbeddedOrleans.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;

namespace EngineBench;

/// <summary>A silo on a new file, gone with all it wrote when disposed.</summary>
internal sealed class BenchSilo : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly IHost _host;

    private BenchSilo(DirectoryInfo folder, IHost host)
    {
        _folder = folder;
        _host = host;
    }

    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    public IServiceProvider Services => _host.Services;

    public static async Task<BenchSilo> StartAsync(
        string folder, Action<ISiloBuilder>? configure = null, Action<EmbeddedStoreOptions>? configureStore = null)
    {
        var own = Directory.CreateDirectory(Path.Combine(folder, $"engine-bench-{Guid.NewGuid():N}"));
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.UseOrleans(silo =>
        {
            silo.UseEmbeddedStore(store =>
            {
                store.Path = Path.Combine(own.FullName, "store.db");
                configureStore?.Invoke(store);
            });
            configure?.Invoke(silo);
        });
        var host = builder.Build();
        await host.StartAsync();
        return new BenchSilo(own, host);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        _folder.Delete(recursive: true);
    }
}
