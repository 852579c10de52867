using EmbeddedOrleans.Activations;
using EmbeddedOrleans.Calls;
using Orleans.Streams.Core;

namespace EmbeddedOrleans.Streams;

/// <summary>The request by which an item reaches a grain; it has its turn like any other.</summary>
internal sealed class StreamDelivery(
    StreamSubscription subscription, StreamEvent streamEvent, StreamDeliveries deliveries)
    : VoidRequest(DeliverMethod)
{
    private static readonly GrainMethod DeliverMethod =
        new(typeof(IStreamConsumer), typeof(IStreamConsumer).GetMethod(nameof(IStreamConsumer.DeliverAsync))!);

    public override async Task Call(object grain)
    {
        var observers = Activation!.GetOrAddComponent<StreamObservers>().BySubscription;
        if (!observers.TryGetValue(subscription.Id, out var observer) && grain is IStreamSubscriptionObserver announced)
        {
            await announced.OnSubscribed(new StreamHandleFactory(subscription, deliveries));
            observers.TryGetValue(subscription.Id, out observer);
        }

        if (observer is null)
        {
            deliveries.Runtime.Log.StreamObserverMissing(Activation.GrainId, subscription.Stream.StreamId);
            return;
        }

        await streamEvent.DeliverAsync(observer);
    }

    // What a call filter sees as the method of a delivery.
    private interface IStreamConsumer
    {
        Task DeliverAsync();
    }
}
