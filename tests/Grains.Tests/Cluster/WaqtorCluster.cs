using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Hosting;
using Orleans.Storage;
using Orleans.Streams;
using Waqtor.Archive;
using Waqtor.Events;
using Waqtor.Instances;
using Waqtor.TestKit;
using Waqtor.WhatsApp;

namespace Waqtor.Grains.Tests.Cluster;

/// <summary>The real grains on virtual time, with an archive, a provider and a store that the test can look into and break.</summary>
internal sealed class WaqtorCluster : IAsyncDisposable
{
    private GrainCluster _cluster = null!;

    private WaqtorCluster()
    {
    }

    public TestStorage Storage { get; } = new();

    public TestArchive Archive { get; } = new();

    public TestSender Cloud { get; } = new();

    public TimeProvider Clock => _cluster.Clock;

    public DateTimeOffset Now => _cluster.Clock.GetUtcNow();

    /// <param name="configure">Comes last, and so may take another's place.</param>
    public static async Task<WaqtorCluster> StartAsync(Action<IServiceCollection>? configure = null)
    {
        var cluster = new WaqtorCluster();
        cluster._cluster = await GrainCluster.StartAsync(options =>
        {
            options.ConfigureSilo = silo => silo.AddMemoryStreams(InstanceStreams.Provider);
            options.ConfigureServices = services =>
            {
                cluster.Configure(services);
                configure?.Invoke(services);
            };
        });
        return cluster;
    }

    public T Grain<T>(string key) where T : IGrainWithStringKey => _cluster.Grains.GetGrain<T>(key);

    public T Grain<T>(long key) where T : IGrainWithIntegerKey => _cluster.Grains.GetGrain<T>(key);

    /// <summary>The process dies, and another one starts on what is stored.</summary>
    public Task CrashAsync() => _cluster.CrashAsync();

    /// <summary>Stops the process as an operator would.</summary>
    public Task StopAsync() => _cluster.StopAsync();

    /// <summary>Until nothing happens unless time passes or somebody calls.</summary>
    public Task WhenIdleAsync() => _cluster.WhenIdleAsync();

    public Task AdvanceAsync(double seconds) => _cluster.AdvanceAsync(TimeSpan.FromSeconds(seconds));

    /// <summary>Lets time pass without waiting for rest, which there is not while something is held up.</summary>
    public void Pass(double seconds) => _cluster.ManualClock!.Advance(TimeSpan.FromSeconds(seconds));

    /// <summary>
    /// Lets time pass in small steps until the archive has the event; work that leaves the grains for the thread pool
    /// may need more than one.
    /// </summary>
    public async Task<DomainEvent> UntilToldAsync(string name)
    {
        for (var step = 0; step < 100; step++)
        {
            if (Archive.Events.FirstOrDefault(one => one.Name == name) is { } told) return told;
            await AdvanceAsync(0.1);
        }

        throw new TimeoutException($"{name} was not told within 10 s; the archive has: {string.Join(", ", Archive.Names)}.");
    }

    public Task SubscribeAsync<T>(string provider, string ns, string key, Action<T> onNext) =>
        _cluster.Client.GetStreamProvider(provider).GetStream<T>(StreamId.Create(ns, key)).SubscribeAsync((item, _) =>
        {
            onNext(item);
            return Task.CompletedTask;
        });

    public async Task<InstanceRecord> MakeInstanceAsync(ProviderKind provider = ProviderKind.Sandbox, string name = "shop")
    {
        var settings = new InstanceSettings { Provider = provider };
        return (await Grain<IInstanceGrain>(name).CreateAsync(settings, new InstanceCredentials { ApiKey = "topsecret" }))!;
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    private void Configure(IServiceCollection services)
    {
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        services.AddKeyedSingleton<IGrainStorage>(GrainStorageNames.Waqtor, Storage);
        services.AddSingleton<IArchiveWriter>(Archive);
        services.AddSingleton<ISecretProtector, PlainSecrets>();
        services.AddSingleton<IMessageSender>(Cloud);
        services.AddSingleton(new Random(1));
        services.AddWaqtorGrains(new ConfigurationBuilder().Build());
    }
}
