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

    public void Remove(IGrainObserver observer)
    {
        if (_activations.TryRemove(observer, out var activation)) runtime.Catalog.Remove(activation);
    }

    private Activation Create(IGrainObserver observer)
    {
        var grainId = GrainId.Create("sys.client", Interlocked.Increment(ref _lastNumber).ToString("X"));
        var activation = Activation.ForObserver(grainId, observer, runtime);
        runtime.Catalog.Add(activation);
        return activation;
    }
}
