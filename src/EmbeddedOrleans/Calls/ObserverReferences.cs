using System.Collections.Concurrent;
using EmbeddedOrleans.Activations;
using Orleans;
using Orleans.Runtime;

namespace EmbeddedOrleans.Calls;

/// <summary>
/// Objects that are not grains but can be called like one: each has its own turns, in which all calls interleave.
/// </summary>
internal sealed class ObserverReferences(GrainRuntime runtime)
{
    private readonly ConcurrentDictionary<IGrainObserver, Activation> _activations = new(
        ReferenceEqualityComparer.Instance);
    private long _lastNumber;

    public GrainId Add(IGrainObserver observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        return _activations.GetOrAdd(observer, Create).GrainId;
    }

    /// <summary>As Orleans has it, what is deleted is the reference, not the object behind it.</summary>
    public void Remove(IGrainObserver reference)
    {
        if (reference is not GrainReference { GrainId: var grainId })
            throw new ArgumentException("Argument reference is not a grain reference.", nameof(reference));
        var found = _activations.FirstOrDefault(pair => pair.Value.GrainId == grainId);
        if (found.Key is not null && _activations.TryRemove(found)) runtime.Catalog.Remove(found.Value);
    }

    private Activation Create(IGrainObserver observer)
    {
        var grainId = GrainId.Create("sys.client", Interlocked.Increment(ref _lastNumber).ToString("X"));
        var activation = Activation.ForObserver(grainId, observer, runtime);
        runtime.Catalog.Add(activation);
        return activation;
    }
}
