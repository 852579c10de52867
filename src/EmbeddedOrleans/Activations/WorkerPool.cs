using EmbeddedOrleans.Calls;
using Orleans.Runtime;

namespace EmbeddedOrleans.Activations;

/// <summary>
/// The activations of one stateless worker id: an idle one takes the request, else a new one up to the limit.
/// </summary>
internal sealed class WorkerPool(GrainId grainId, GrainClass grainClass, GrainRuntime runtime, int workersMax)
    : ActivationTarget(grainId)
{
    private readonly Dictionary<Activation, int> _openRequests = [];
    private bool _isGone;

    public override IEnumerable<Activation> Activations
    {
        get
        {
            lock (_openRequests) return [.. _openRequests.Keys];
        }
    }

    public override bool TryPost(GrainRequest request)
    {
        lock (_openRequests)
        {
            if (_isGone) return false;

            var worker = FindWorker();
            _openRequests[worker]++;
            return worker.TryPost(request);
        }
    }

    public void OnCompleted(Activation worker)
    {
        lock (_openRequests)
        {
            if (_openRequests.TryGetValue(worker, out var open)) _openRequests[worker] = open - 1;
        }
    }

    public void Remove(Activation worker)
    {
        lock (_openRequests)
        {
            _openRequests.Remove(worker);
            if (_openRequests.Count > 0) return;
            _isGone = true;
        }

        runtime.Catalog.Remove(this);
    }

    private Activation FindWorker()
    {
        Activation? best = null;
        foreach (var (worker, open) in _openRequests)
        {
            if (open == 0) return worker;
            if (best is null || open < _openRequests[best]) best = worker;
        }

        if (best is not null && _openRequests.Count >= workersMax) return best;

        var created = new Activation(GrainId, grainClass, runtime, this);
        _openRequests.Add(created, 0);
        return created;
    }
}
