using System.Collections.Concurrent;
using EmbeddedOrleans.Calls;
using Orleans;
using Orleans.Runtime;

namespace EmbeddedOrleans.Activations;

/// <summary>All that lives, by id. The dictionary is what makes an activation the only one of its grain.</summary>
internal sealed class Catalog(GrainRuntime runtime)
{
    private readonly ConcurrentDictionary<GrainId, ActivationTarget> _targets = new();

    public int Count => _targets.Count;

    public IEnumerable<Activation> Activations => _targets.SelectMany(pair => pair.Value.Activations);

    public void Dispatch(GrainRequest request)
    {
        var grainId = request.Reference.GrainId;
        while (true)
        {
            if (!_targets.TryGetValue(grainId, out var target))
            {
                if (runtime.Classes.Find(grainId.Type) is not { } grainClass)
                {
                    request.Fail(new ArgumentException($"There is no grain class for {grainId}."));
                    return;
                }

                if (runtime.HasStopped)
                {
                    request.Fail(new SiloUnavailableException());
                    return;
                }

                // A race may make two; the loser has not started anything.
                target = _targets.GetOrAdd(grainId, Create(grainId, grainClass));
                runtime.Collector.Wake();
            }

            if (target.TryPost(request)) return;
        }
    }

    public void Add(ActivationTarget target) => _targets[target.GrainId] = target;

    public void Remove(ActivationTarget target) =>
        ((ICollection<KeyValuePair<GrainId, ActivationTarget>>)_targets).Remove(new(target.GrainId, target));

    private ActivationTarget Create(GrainId grainId, GrainClass grainClass) =>
        grainClass.StatelessWorker is { } worker
            ? new WorkerPool(grainId, grainClass, runtime, worker.MaxLocalWorkers)
            : new Activation(grainId, grainClass, runtime);
}
