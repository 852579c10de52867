using EmbeddedOrleans.Hosting;
using EmbeddedOrleans.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Providers;
using Orleans.Storage;
using Waqtor.Archive;
using Waqtor.Conversations;
using Waqtor.Instances;
using Waqtor.Simulation.Bugs;
using Waqtor.Simulation.Disk;
using Waqtor.Simulation.Faults;
using Waqtor.Simulation.Outside;
using Waqtor.Simulation.Time;
using Waqtor.WhatsApp;

namespace Waqtor.Simulation.Running;

/// <summary>One life of the server: the real grains on the real engine, from a start to an end or a crash.</summary>
internal sealed class ServerProcess
{
    private static readonly IConfiguration NoSettings = new ConfigurationBuilder().Build();

    private readonly ServiceProvider _services;
    private readonly EmbeddedSilo _silo;
    private readonly TaskCompletionSource _ended = new();

    public ServerProcess(World world, int number)
    {
        World = world;
        Number = number;
        Clock = new ProcessClock(world.Time, () => !IsDead, world.Bug.Timestamp(world) is null ? null : () => world.Bug.Timestamp(world)!.Value);
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        AddServices(builder);
        _services = builder.Services.BuildServiceProvider();
        _silo = _services.GetRequiredService<EmbeddedSilo>();
        Client = _services.GetRequiredService<IClusterClient>();
    }

    public World World { get; }

    public int Number { get; }

    public ProcessClock Clock { get; }

    public IClusterClient Client { get; }

    /// <summary>Nothing that it still does has any effect.</summary>
    public bool IsDead { get; private set; }

    public TimeSpan StartedAt { get; private set; }

    public IReadOnlyList<FeedReader> Feed { get; private set; } = [];

    public async Task StartAsync()
    {
        await _silo.StartAsync(CancellationToken.None);
        StartedAt = World.Time.Now;
        Feed = [new FeedReader(World, "messages"), new FeedReader(World, "system")];
        foreach (var reader in Feed) await reader.StartAsync(Client);
    }

    public Task StopAsync() => _silo.StopAsync(CancellationToken.None);

    /// <summary>From this instant on it is dead; what it was doing when it died runs into nothing.</summary>
    public void Crash(string where)
    {
        if (IsDead) return;
        IsDead = true;
        World.Crashed(this, where);
    }

    /// <summary>Takes away what is left of it, outside of its own turns.</summary>
    public void Bury()
    {
        _ended.TrySetResult();
        IsDead = true;
        _silo.Kill();
        _services.Dispose();
    }

    /// <summary>Waits for an answer of this process, as long as it lives.</summary>
    public async Task<T> AskAsync<T>(Task<T> call)
    {
        if (await Task.WhenAny(call, _ended.Task) == call) return await call;
        throw new SiloUnavailableException("The process ended.");
    }

    public Task MoveAsync(IGrain grain) => _silo.DeactivateAsync(grain);

    private void AddServices(HostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton<ILoggerFactory>(new WitnessLog(World, this));
        builder.UseOrleans(silo => silo
            .UseStore(new SimulatedStore(World, this))
            .UseWorkScheduler(World.Scheduler)
            .AddGrainAssemblies(typeof(ConversationGrain).Assembly)
            .AddMemoryStreams(InstanceStreams.Provider)
            .AddIncomingGrainCallFilter(new CallWitness(World, this))
            .Configure<GrainCollectionOptions>(collection => collection.CollectionQuantum = TimeSpan.FromSeconds(15)));
        services.AddKeyedSingleton<IGrainStorage>(
            GrainStorageNames.Waqtor,
            (provider, _) => new BugStorage(World, provider.GetRequiredKeyedService<IGrainStorage>(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME)));
        services.Configure<GrainStateJsonOptions>(json => (json.SerializerOptions, json.Encoder) = (GrainStateJson.WriterOptions, GrainStateJson.Encoder));
        services.AddSingleton<IIdSource>(World.Ids);
        services.AddSingleton<Random>(World.Scenario.Stream("jitter" + Number));
        services.AddSingleton(new ProcessName("process " + Number));
        services.AddSingleton<IReplyPipeline>(new SimulatedBot(World, this));
        services.AddSingleton<IMessageSender>(new SimulatedSender(World, this, ProviderKind.Cloud));
        services.AddSingleton<IMessageSender>(new SimulatedSender(World, this, ProviderKind.Evolution));
        services.AddSingleton<IArchiveQueries>(World.Archive);
        services.AddSingleton(World.Archive.WriterFor(this));
        services.AddSingleton<ISecretProtector, PlainSecrets>();
        services.AddWaqtorGrains(NoSettings);
    }

    private sealed class PlainSecrets : ISecretProtector
    {
        public string Protect(string plain) => plain;

        public string Unprotect(string cipher) => cipher;
    }
}
