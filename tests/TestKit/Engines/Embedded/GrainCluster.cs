using EmbeddedOrleans.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Hosting;
using Waqtor.TestKit.Engines;
using Waqtor.TestKit.Time;

namespace Waqtor.TestKit;

/// <summary>
/// Grains for tests, on the engine of the build: here one embedded silo on a file in a folder of its own. Grains see
/// <see cref="Clock"/>; with a manual clock time passes only in <see cref="AdvanceAsync"/>.
/// </summary>
public sealed partial class GrainCluster : IAsyncDisposable
{
    // Only against a test that would otherwise hang for ever; nothing is measured with it.
    private static readonly TimeSpan PatienceForSilence = TimeSpan.FromSeconds(60);

    private readonly GrainClusterOptions _options;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("waqtor-test-");
    private IHost? _host;

    private GrainCluster(GrainClusterOptions options)
    {
        _options = options;
        ManualClock = options.UsesRealTime
            ? null
            : options.StartsAt is { } start ? new ManualTimeProvider(start) : new ManualTimeProvider();
    }

    /// <summary>References to grains.</summary>
    public IGrainFactory Grains => Services.GetRequiredService<IGrainFactory>();

    public IClusterClient Client => Services.GetRequiredService<IClusterClient>();

    /// <summary>The services of the silo that lives now.</summary>
    public IServiceProvider Services => _host?.Services ?? throw new InvalidOperationException("The cluster is down.");

    public TimeProvider Clock => (TimeProvider?)ManualClock ?? TimeProvider.System;

    /// <summary>The clock, if it is a manual one.</summary>
    public ManualTimeProvider? ManualClock { get; }

    /// <summary>The folder that holds what survives.</summary>
    public string DataPath => _folder.FullName;

    /// <summary>The file of the store.</summary>
    public string StorePath => Path.Combine(DataPath, "store.db");

    private EmbeddedSilo Silo => Services.GetRequiredService<EmbeddedSilo>();

    public static async Task<GrainCluster> StartAsync(Action<GrainClusterOptions>? configure = null)
    {
        var options = new GrainClusterOptions();
        configure?.Invoke(options);
        var cluster = new GrainCluster(options);
        await cluster.StartSiloAsync();
        return cluster;
    }

    /// <summary>Stops the silo as an operator would, and starts one on the same file.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartSiloAsync();
    }

    /// <summary>Stops the silo as an operator would.</summary>
    public async Task StopAsync()
    {
        await _host!.StopAsync();
        _host.Dispose();
        _host = null;
    }

    /// <summary>
    /// The process dies: no grain is told, what was not committed is gone; then a silo starts on the same file.
    /// </summary>
    public async Task CrashAsync()
    {
        Crash();
        await StartSiloAsync();
    }

    /// <summary>The process dies and stays dead until <see cref="StartSiloAsync"/>.</summary>
    public void Crash()
    {
        Silo.Kill();
        _host!.Dispose();
        _host = null;
    }

    public async Task StartSiloAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddSingleton(Clock);
        builder.UseOrleans(silo =>
        {
            silo.UseEmbeddedStore(store => store.Path = StorePath).TrackQuiescence();
            _options.ConfigureSilo?.Invoke(silo);
        });
        if (_options.RemindersFail is { } fail) FailingReminders.Wrap(builder.Services, fail);
        ConfigureProduct(builder.Services);
        _options.ConfigureServices?.Invoke(builder.Services);
        _host = builder.Build();
        await _host.StartAsync();
    }

    /// <summary>What the product's grains need of every silo; nothing where the engine is tested alone.</summary>
    static partial void ConfigureProduct(IServiceCollection services);

    /// <summary>Waits until nothing happens any more unless time passes or somebody calls.</summary>
    public async Task WhenIdleAsync()
    {
        using var patience = new CancellationTokenSource(PatienceForSilence);
        try
        {
            await Silo.WhenIdleAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The grains did not come to rest within {PatienceForSilence}.");
        }
    }

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
    public Task DeactivateAsync(IGrain grain) => Silo.DeactivateAsync(grain);

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            Silo.Kill();
            _host.Dispose();
            _host = null;
        }

        await Task.CompletedTask;
        _folder.Delete(recursive: true);
    }
}
