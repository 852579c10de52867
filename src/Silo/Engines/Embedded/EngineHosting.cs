using EmbeddedOrleans.Hosting;
using EmbeddedOrleans.Storage;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Providers;
using Orleans.Storage;
using Waqtor.Silo.Configuration;

namespace Waqtor.Silo.Engines;

/// <summary>The embedded engine: one process, one SQLite file in the data folder.</summary>
internal static class EngineHosting
{
    public static WebApplicationBuilder AddWaqtorEngine(this WebApplicationBuilder builder, string dataPath)
    {
        var options = builder.Configuration.Get<StoreOptions>(StoreOptions.Section);
        builder.UseOrleans(silo => silo
            .UseLocalhostClustering()
            .UseEmbeddedStore(store => Configure(store, dataPath, options))
            .Configure<GrainCollectionOptions>(collection => collection.CollectionQuantum = EngineNames.CollectionQuantum)
            .AddMemoryStreams(EngineNames.Streams));

        builder.Services.AddOptions<SiloOptions>().Bind(builder.Configuration.GetSection(OptionsCatalog.Root)).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<SiloOptions>, RoleCheck>();

        // One store under two names: the engine's default, and the name that grains ask for on every engine.
        builder.Services.AddKeyedSingleton(
            EngineNames.Storage, (services, _) => services.GetRequiredKeyedService<IGrainStorage>(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME));
        builder.Services.Configure<GrainStateJsonOptions>(json => (json.SerializerOptions, json.Encoder) = (GrainStateJson.WriterOptions, GrainStateJson.Encoder));
        return builder;
    }

    private static void Configure(EmbeddedStoreOptions store, string dataPath, StoreOptions options)
    {
        store.Path = Path.Combine(dataPath, "waqtor.db");
        store.Synchronous = options.Sync ? StoreSynchronous.Full : StoreSynchronous.Off;
        store.GroupMax = options.GroupMax;
        store.QueueMax = options.QueueMax;
        store.CommitTimeout = TimeSpan.FromSeconds(options.CommitTimeoutSeconds);
        store.CheckIntegrity = options.CheckIntegrity;
    }
}
