using EmbeddedOrleans.Hosting;
using EmbeddedOrleans.Storage;
using Orleans.Providers;

namespace Orleans.Hosting;

/// <summary>Grain state that lives as long as the process.</summary>
public static class MemoryGrainStorageSiloBuilderExtensions
{
    public static ISiloBuilder AddMemoryGrainStorageAsDefault(this ISiloBuilder builder) =>
        builder.AddMemoryGrainStorage(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME);

    public static ISiloBuilder AddMemoryGrainStorage(this ISiloBuilder builder, string name) =>
        builder.AddGrainStorage(name, static _ => new MemoryStore());
}
