using EmbeddedOrleans.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Providers;
using Orleans.Storage;

namespace Waqtor.TestKit;

public sealed partial class GrainCluster
{
    // As the program does it: one store under two names, and the grains' own JSON.
    static partial void ConfigureProduct(IServiceCollection services)
    {
        services.AddKeyedSingleton(
            GrainStorageNames.Waqtor,
            (provider, _) =>
                provider.GetRequiredKeyedService<IGrainStorage>(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME));
        services.Configure<GrainStateJsonOptions>(json => (json.SerializerOptions, json.Encoder) = (GrainStateJson.WriterOptions, GrainStateJson.Encoder));
    }
}
