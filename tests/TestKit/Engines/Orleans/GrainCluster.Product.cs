using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace Waqtor.TestKit;

public sealed partial class GrainCluster
{
    // As the program does it: the grains ask for their storage by this name.
    static partial void ConfigureProduct(IServiceCollection services) =>
        services.AddKeyedSingleton(GrainStorageNames.Waqtor, (provider, _) => provider.GetRequiredService<IGrainStorage>());
}
