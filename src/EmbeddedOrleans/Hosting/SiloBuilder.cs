using EmbeddedOrleans.Activations;
using EmbeddedOrleans.Calls;
using EmbeddedOrleans.Diagnostics;
using EmbeddedOrleans.Reminders;
using EmbeddedOrleans.Scheduling;
using EmbeddedOrleans.Storage;
using EmbeddedOrleans.Streams;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;

namespace EmbeddedOrleans.Hosting;

/// <summary>Puts the silo into a container, once.</summary>
internal sealed class SiloBuilder(IServiceCollection services, IConfiguration configuration) : ISiloBuilder
{
    public IServiceCollection Services { get; } = services;

    public IConfiguration Configuration { get; } = configuration;

    public static SiloBuilder AddSilo(IServiceCollection services, IConfiguration configuration)
    {
        if (!services.Any(s => s.ServiceType == typeof(EmbeddedSilo))) AddServices(services);
        return new SiloBuilder(services, configuration);
    }

    private static void AddServices(IServiceCollection services)
    {
        services.AddLogging();
        services.AddMetrics();
        services.AddOptions();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IWorkScheduler, ThreadPoolWorkScheduler>();
        services.TryAddSingleton<IGrainStateSerializer, JsonGrainStateSerializer>();

        services.AddSingleton<EngineLog>();
        services.AddSingleton<EngineMetrics>();
        services.AddSingleton<StoreMetrics>();
        services.AddSingleton<ReminderMetrics>();
        services.AddSingleton<SiloWork>();
        services.AddSingleton<ResponseTimeouts>();
        services.AddSingleton<GrainClasses>();
        services.AddSingleton<GrainRuntime>();
        services.AddSingleton<GrainFactory>();
        services.AddSingleton<IGrainFactory>(static s => s.GetRequiredService<GrainFactory>());
        services.AddSingleton<IClusterClient>(static s => s.GetRequiredService<GrainFactory>());
        services.AddSingleton<IGrainContextAccessor, GrainContextAccessor>();
        services.AddSingleton<ReminderService>();
        services.AddSingleton<ReminderRegistry>();
        services.AddSingleton<StreamDeliveries>();

        // By hand: the container sees public constructors only.
        services.AddSingleton(static s => new EmbeddedSilo(
            s.GetRequiredService<GrainRuntime>(),
            s.GetRequiredService<SiloWork>(),
            s.GetRequiredService<ReminderService>(),
            s.GetServices<IStoreLifetime>(),
            s.GetServices<StartupTask>(),
            s.GetRequiredService<IOptions<EmbeddedSiloOptions>>(),
            s.GetRequiredService<EngineLog>(),
            s.GetService<QuiescenceTracker>()));
        services.AddHostedService(static s => s.GetRequiredService<EmbeddedSilo>());
    }
}
