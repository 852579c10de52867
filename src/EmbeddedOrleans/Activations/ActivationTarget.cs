using EmbeddedOrleans.Calls;
using Orleans.Runtime;

namespace EmbeddedOrleans.Activations;

/// <summary>What stands behind a grain id in the catalog: one activation, several workers, or an observer.</summary>
internal abstract class ActivationTarget(GrainId grainId)
{
    public GrainId GrainId { get; } = grainId;

    public abstract IEnumerable<Activation> Activations { get; }

    /// <summary>Takes the request, or says that this target is gone and another must be found.</summary>
    public abstract bool TryPost(GrainRequest request);
}
