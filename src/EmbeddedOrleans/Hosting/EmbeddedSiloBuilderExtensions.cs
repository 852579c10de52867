using System.Reflection;
using EmbeddedOrleans.Scheduling;
using EmbeddedOrleans.Storage;
using EmbeddedOrleans.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Hosting;
using Orleans.Providers;
using Orleans.Storage;

namespace EmbeddedOrleans.Hosting;

/// <summary>What only the embedded engine has.</summary>
public static class EmbeddedSiloBuilderExtensions
{
    /// <summary>Keeps grain state (as the default storage) and reminders in one SQLite file.</summary>
    public static ISiloBuilder UseEmbeddedStore(this ISiloBuilder builder, Action<EmbeddedStoreOptions> configure)
    {
        builder.Services.Configure(configure);
        builder.Services.TryAddSingleton<SqliteStore>();
        builder.Services.AddSingleton<IStoreLifetime>(static s => s.GetRequiredService<SqliteStore>());
        builder.Services.Replace(
            ServiceDescriptor.Singleton<IReminderStore>(static s => s.GetRequiredService<SqliteStore>()));
        return builder.AddGrainStorage(
            ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, static s => s.GetRequiredService<SqliteStore>());
    }

    /// <summary>
    /// Keeps grain state (as the default storage) and reminders in a store of the caller's making, such as one that
    /// lies in a simulation. If it is an <see cref="IStoreLifetime"/> the silo starts and stops it.
    /// </summary>
    public static ISiloBuilder UseStore<TStore>(this ISiloBuilder builder, TStore store)
        where TStore : class, IStateStore, IReminderStore
    {
        if (store is IStoreLifetime lifetime) builder.Services.AddSingleton(lifetime);
        builder.Services.Replace(ServiceDescriptor.Singleton<IReminderStore>(store));
        return builder.AddGrainStorage(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, _ => store);
    }

    /// <summary>Runs all turns through this scheduler instead of the thread pool.</summary>
    public static ISiloBuilder UseWorkScheduler(this ISiloBuilder builder, IWorkScheduler scheduler)
    {
        builder.Services.Replace(ServiceDescriptor.Singleton(scheduler));
        return builder;
    }

    /// <summary>Makes <see cref="EmbeddedSilo.WhenIdleAsync"/> work, at the price of counting every turn.</summary>
    public static ISiloBuilder TrackQuiescence(this ISiloBuilder builder)
    {
        builder.Services.TryAddSingleton<QuiescenceTracker>();
        return builder;
    }

    /// <summary>Looks for grain classes in these assemblies only.</summary>
    public static ISiloBuilder AddGrainAssemblies(this ISiloBuilder builder, params Assembly[] assemblies) =>
        builder.Configure<EmbeddedSiloOptions>(options =>
        {
            foreach (var assembly in assemblies) options.AssemblyList.Add(assembly);
        });

    internal static ISiloBuilder UseMemoryReminderStore(this ISiloBuilder builder)
    {
        builder.Services.Replace(ServiceDescriptor.Singleton<IReminderStore>(static _ => new MemoryStore()));
        return builder;
    }

    internal static ISiloBuilder AddGrainStorage(
        this ISiloBuilder builder, string name, Func<IServiceProvider, IStateStore> store)
    {
        builder.Services.AddKeyedSingleton<IGrainStorage>(
            name, (services, _) =>
                new GrainStorage(store(services), services.GetRequiredService<IGrainStateSerializer>()));
        return builder;
    }
}
