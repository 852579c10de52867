using EmbeddedOrleans.Activations;
using Orleans.Runtime;

namespace EmbeddedOrleans.Hosting;

internal sealed class GrainContextAccessor : IGrainContextAccessor
{
    public IGrainContext GrainContext => RuntimeContext.Current!;
}
