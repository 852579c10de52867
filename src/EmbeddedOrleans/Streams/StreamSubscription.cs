using EmbeddedOrleans.Calls;
using EmbeddedOrleans.Scheduling;
using Orleans.Runtime;

namespace EmbeddedOrleans.Streams;

/// <summary>
/// One subscriber of one stream: a queue, emptied in order, one item at a time. An observer that throws loses that item
/// and nobody else notices. What does not fit the queue pushes the oldest out, because streams here are hints.
/// </summary>
internal sealed class StreamSubscription(Guid id, StreamKey stream, GrainId? grainId, StreamDeliveries deliveries)
{
    private readonly Queue<StreamEvent> _queue = new();
    private TurnScheduler? _turns;
    private bool _isDelivering;

    public Guid Id => id;

    public StreamKey Stream => stream;

    /// <summary>The subscribed grain, or null for a client.</summary>
    public GrainId? GrainId => grainId;

    /// <summary>The observer of a client; a grain's lives in its activation.</summary>
    public object? ClientObserver { get; set; }

    /// <summary>Called when the queue has run empty.</summary>
    public Action<StreamSubscription>? OnEmpty { get; init; }

    public bool IsEnded { get; set; }

    public bool IsEmpty
    {
        get
        {
            lock (_queue) return !_isDelivering;
        }
    }

    public void Enqueue(StreamEvent streamEvent)
    {
        lock (_queue)
        {
            if (_queue.Count >= deliveries.QueueMax)
            {
                deliveries.Runtime.Log.StreamItemDropped(stream.StreamId, _queue.Count);
                _queue.Dequeue();
            }

            _queue.Enqueue(streamEvent);
            if (_isDelivering) return;

            _isDelivering = true;
            _turns ??= new TurnScheduler(deliveries.Runtime.Work, activation: null);
        }

        _ = _turns.RunAsync(DeliverAllAsync);
    }

    private async Task DeliverAllAsync()
    {
        while (TryTake(out var streamEvent))
        {
            try
            {
                await DeliverAsync(streamEvent!);
            }
            catch (Exception exception)
            {
                // The observer's failure must not stop the stream.
                deliveries.Runtime.Log.StreamObserverFailed(exception, stream.StreamId);
            }
        }

        OnEmpty?.Invoke(this);
    }

    private Task DeliverAsync(StreamEvent streamEvent)
    {
        if (IsEnded) return Task.CompletedTask;

        if (grainId is { } id)
        {
            var reference = new GrainReference(deliveries.Runtime, id);
            return reference.InvokeAsync(new StreamDelivery(this, streamEvent, deliveries));
        }

        return ClientObserver is null ? Task.CompletedTask : streamEvent.DeliverAsync(ClientObserver);
    }

    private bool TryTake(out StreamEvent? streamEvent)
    {
        lock (_queue)
        {
            _isDelivering = _queue.TryDequeue(out streamEvent);
            return _isDelivering;
        }
    }
}
