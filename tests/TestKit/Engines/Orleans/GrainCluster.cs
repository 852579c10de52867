using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.TestingHost;
using Orleans.Timers;
using Waqtor.TestKit.Engines;
using Waqtor.TestKit.Time;

namespace Waqtor.TestKit;

/// <summary>
/// Grains for tests, on the engine of the build: here two silos of Microsoft Orleans, which really copy and send what
/// grains say to one another. Grains see <see cref="Clock"/>; with a manual clock time passes only in
/// <see cref="AdvanceAsync"/>, while what the silos do among themselves goes by the system's.
/// </summary>
public sealed partial class GrainCluster : IAsyncDisposable
{
    private const int SiloCount = 2;
    private static readonly TimeSpan PatienceForTheDead = TimeSpan.FromSeconds(5);

    private readonly GrainClusterOptions _options;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("waqtor-test-");
    private readonly MemoryStates _states = new();
    private readonly SharedReminders _reminders;
    private InProcessTestCluster? _cluster;
    private ClusterLife _life = new();
    private Task _burial = Task.CompletedTask;

    private GrainCluster(GrainClusterOptions options)
    {
        _options = options;
        ManualClock = options.UsesRealTime
            ? null
            : options.StartsAt is { } start ? new ManualTimeProvider(start) : new ManualTimeProvider();
        _reminders = new SharedReminders(Clock);
    }

    /// <summary>References to grains.</summary>
    public IGrainFactory Grains => Services.GetRequiredService<IGrainFactory>();

    public IClusterClient Client => Services.GetRequiredService<IClusterClient>();

    /// <summary>The services of the first silo that lives now.</summary>
    public IServiceProvider Services => _cluster?.Silos[0].SiloHost.Services ?? throw new InvalidOperationException("The cluster is down.");

    public TimeProvider Clock => (TimeProvider?)ManualClock ?? TimeProvider.System;

    /// <summary>The clock, if it is a manual one.</summary>
    public ManualTimeProvider? ManualClock { get; }

    /// <summary>A folder that survives.</summary>
    public string DataPath => _folder.FullName;

    public static async Task<GrainCluster> StartAsync(Action<GrainClusterOptions>? configure = null)
    {
        var options = new GrainClusterOptions();
        configure?.Invoke(options);
        var cluster = new GrainCluster(options);
        await cluster.StartSiloAsync();
        return cluster;
    }

    /// <summary>Stops the silos as an operator would, and starts others on the same stores.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartSiloAsync();
    }

    /// <summary>Stops the silos as an operator would.</summary>
    public async Task StopAsync()
    {
        var cluster = _cluster!;
        _cluster = null;
        _reminders.End();
        await cluster.StopAllSilosAsync();
        await cluster.DisposeAsync();
    }

    /// <summary>All silos die: no grain is told, what was not stored is gone; then others start on the same stores.</summary>
    public async Task CrashAsync()
    {
        Crash();
        await StartSiloAsync();
    }

    /// <summary>All silos die and stay dead until <see cref="StartSiloAsync"/>.</summary>
    public void Crash()
    {
        _life.End();
        _reminders.End();
        _burial = Task.WhenAll(_burial, BuryAsync(_cluster!));
        _cluster = null;
    }

    public async Task StartSiloAsync()
    {
        var life = _life = new ClusterLife();
        var builder = new InProcessTestClusterBuilder(SiloCount);
        builder.Options.InitializeClientOnDeploy = false;
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSiloHost((_, host) => Configure(host, life));
        _cluster = builder.Build();
        await _cluster.DeployAsync();
        await WhenTogetherAsync(_cluster);
        _reminders.Begin(Grains, life);
        await life.WhenQuietAsync();
    }

    /// <summary>What the product's grains need of every silo; nothing where the engine is tested alone.</summary>
    static partial void ConfigureProduct(IServiceCollection services);

    /// <summary>Waits until nothing happens any more unless time passes or somebody calls.</summary>
    public Task WhenIdleAsync() => _life.WhenQuietAsync();

    /// <summary>
    /// Lets time pass. On a manual clock it goes from timer to timer, and the grains come to rest between one and the
    /// next, so that what a timer sets off is done at the time of that timer.
    /// </summary>
    public async Task AdvanceAsync(TimeSpan time)
    {
        if (ManualClock is not { } clock)
        {
            await Task.Delay(time, TimeProvider.System);
            return;
        }

        await WhenIdleAsync();
        while (clock.TimeToNextTimer is { } next && next <= time)
        {
            clock.Advance(next);
            time -= next;
            await WhenIdleAsync();
        }

        clock.Advance(time);
        await WhenIdleAsync();
    }

    /// <summary>Ends the grain's activation, if it has one; the next call makes another.</summary>
    public Task DeactivateAsync(IGrain grain) => _cluster!.DeactivateAsync(grain.GetGrainId());

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null) Crash();
        // A silo may wait for ever for a call that the test held up.
        await _burial.WaitAsync(PatienceForTheDead, TimeProvider.System).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _reminders.Dispose();
        _folder.Delete(recursive: true);
    }

    // They have no effect any more, and the next cluster knows nothing of them: nobody needs to wait for their end.
    private static Task BuryAsync(InProcessTestCluster cluster) => Task.Run(async () =>
    {
        await Task.WhenAll(cluster.Silos.Select(cluster.KillSiloAsync));
        await cluster.DisposeAsync();
    });

    // Until each silo has heard of the other, calls would go to one of them alone.
    private static async Task WhenTogetherAsync(InProcessTestCluster cluster)
    {
        while (cluster.Silos.Any(silo => silo.SiloHost.Services.GetRequiredService<ISiloStatusOracle>()
            .GetApproximateSiloStatuses(onlyActive: true).Count < SiloCount))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
    }

    private void Configure(IHostApplicationBuilder host, ClusterLife life)
    {
        host.UseOrleans(silo =>
        {
            // First, so that no other filter is outside of them.
            silo.AddIncomingGrainCallFilter(life.CountIncomingAsync).AddOutgoingGrainCallFilter(life.CountOutgoingAsync);
            // By the system's clock: a call that nobody answers fails its test, and does not stop the run.
            silo.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = messaging.SystemResponseTimeout = TimeSpan.FromSeconds(15));
            // Below the shortest age of a grain, or Orleans refuses to start; as the program sets it.
            silo.Configure<GrainCollectionOptions>(collection => collection.CollectionQuantum = TimeSpan.FromSeconds(15));
            silo.AddMemoryGrainStorage("PubSubStore");
            silo.Services.AddSingleton<IReminderRegistry>(_ => new LivingReminders(_reminders, life, _options.RemindersFail));
            silo.Services.AddStates(_states);
            _options.ConfigureSilo?.Invoke(silo);
        });
        host.Services.AddClocks(ManualClock, life);
        ConfigureProduct(host.Services);
        _options.ConfigureServices?.Invoke(host.Services);
        host.Services.EndStorageWith(life);
    }
}
