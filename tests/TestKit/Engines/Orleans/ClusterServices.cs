using Microsoft.Extensions.DependencyInjection;
using Orleans.Providers;
using Orleans.Runtime;
using Orleans.Storage;
using Waqtor.TestKit.Time;

namespace Waqtor.TestKit.Engines;

/// <summary>What a silo of a test gets from its test.</summary>
internal static class ClusterServices
{
    /// <summary>
    /// Grains and the collection of idle activations go by the manual clock; membership, messages and
    /// directories by the system's, or two silos would lose one another whenever a test lets an hour pass.
    /// </summary>
    public static void AddClocks(this IServiceCollection services, ManualTimeProvider? manual, ClusterLife life)
    {
        services.AddSingleton((TimeProvider?)manual ?? TimeProvider.System);
        if (manual is null) return;

        services.AddKeyedSingleton(KeyedService.AnyKey, (_, _) => TimeProvider.System);
        services.AddKeyedSingleton<TimeProvider>(TimeProviderNames.Grains, new TrackedClock(manual, life));
        services.AddKeyedSingleton<TimeProvider>(TimeProviderNames.ActivationManagement, new StirringClock(manual, life));
    }

    public static void AddStates(this IServiceCollection services, MemoryStates states)
    {
        services.AddSingleton<IGrainStorage>(_ => states);
        services.AddKeyedSingleton<IGrainStorage>(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, (_, _) => states);
    }

    /// <summary>Puts each storage behind one that ends with the silos, and that a test waits for.</summary>
    public static void EndStorageWith(this IServiceCollection services, ClusterLife life)
    {
        foreach (var storage in services.Where(service => service.ServiceType == typeof(IGrainStorage)).ToList())
        {
            services.Remove(storage);
            services.Add(storage.IsKeyedService
                ? new ServiceDescriptor(
                    typeof(IGrainStorage), storage.ServiceKey, (provider, key) => new LivingStorage(Make(provider, key, storage), life), storage.Lifetime)
                : new ServiceDescriptor(
                    typeof(IGrainStorage), provider => new LivingStorage(Make(provider, storage), life), storage.Lifetime));
        }
    }

    private static IGrainStorage Make(IServiceProvider provider, object? key, ServiceDescriptor storage) => (IGrainStorage)(
        storage.KeyedImplementationInstance
        ?? storage.KeyedImplementationFactory?.Invoke(provider, key)
        ?? ActivatorUtilities.CreateInstance(provider, storage.KeyedImplementationType!));

    private static IGrainStorage Make(IServiceProvider provider, ServiceDescriptor storage) => (IGrainStorage)(
        storage.ImplementationInstance
        ?? storage.ImplementationFactory?.Invoke(provider)
        ?? ActivatorUtilities.CreateInstance(provider, storage.ImplementationType!));
}
