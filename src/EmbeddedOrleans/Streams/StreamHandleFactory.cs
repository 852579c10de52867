using Orleans.Runtime;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace EmbeddedOrleans.Streams;

internal sealed class StreamHandleFactory(StreamSubscription subscription, StreamDeliveries deliveries)
    : IStreamSubscriptionHandleFactory
{
    public StreamId StreamId => subscription.Stream.StreamId;

    public string ProviderName => subscription.Stream.ProviderName;

    public StreamSubscriptionHandle<T> Create<T>() => new StreamHandle<T>(subscription, deliveries);
}
