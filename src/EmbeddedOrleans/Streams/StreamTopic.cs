using EmbeddedOrleans.Activations;
using Orleans.Runtime;

namespace EmbeddedOrleans.Streams;

/// <summary>
/// The subscriptions of one stream. All subscribers see one producer's items in the order they were published.
/// </summary>
internal sealed class StreamTopic(StreamKey key, StreamDeliveries deliveries)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<GrainType, StreamSubscription> _implicit = [];
    private List<StreamSubscription> _explicit = [];
    private long _lastSequence;
    private bool _isGone;

    public StreamKey Key => key;

    public IReadOnlyList<StreamSubscription> Explicit => _explicit;

    /// <summary>Queues the event for every subscriber; false if this topic has been given up.</summary>
    public bool TryPublish(Func<long, StreamEvent> makeEvent, IReadOnlyCollection<GrainClass> implicitClasses)
    {
        lock (_gate)
        {
            if (_isGone) return false;

            var streamEvent = makeEvent(++_lastSequence);
            foreach (var subscription in _explicit) subscription.Enqueue(streamEvent);
            foreach (var grainClass in implicitClasses) FindImplicit(grainClass).Enqueue(streamEvent);
            return true;
        }
    }

    public bool TryAdd(StreamSubscription subscription)
    {
        lock (_gate)
        {
            if (_isGone) return false;

            _explicit = [.. _explicit, subscription];
            return true;
        }
    }

    /// <summary>Takes a subscription away and says whether the topic is of no more use.</summary>
    public bool Remove(StreamSubscription subscription)
    {
        lock (_gate)
        {
            _explicit = [.. _explicit.Where(s => s.Id != subscription.Id)];
            return GiveUpWhenEmpty();
        }
    }

    private StreamSubscription FindImplicit(GrainClass grainClass)
    {
        if (_implicit.TryGetValue(grainClass.GrainType, out var subscription)) return subscription;

        var grainId = GrainId.Create(grainClass.GrainType, key.StreamId.GetKeyAsString());
        subscription = new StreamSubscription(StreamDeliveries.ImplicitId(key, grainClass), key, grainId, deliveries)
        {
            OnEmpty = RemoveImplicit,
        };
        _implicit.Add(grainClass.GrainType, subscription);
        return subscription;
    }

    private void RemoveImplicit(StreamSubscription subscription)
    {
        lock (_gate)
        {
            // Something may have come in since the queue was seen empty.
            if (!subscription.IsEmpty) return;

            _implicit.Remove(subscription.GrainId!.Value.Type);
            if (!GiveUpWhenEmpty()) return;
        }

        deliveries.Forget(this);
    }

    private bool GiveUpWhenEmpty()
    {
        _isGone = _explicit.Count == 0 && _implicit.Count == 0;
        return _isGone;
    }
}
