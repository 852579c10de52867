using Orleans.Runtime;
using Orleans.Streams;

namespace EmbeddedOrleans.Streams;

internal sealed class StreamHandle<T>(StreamSubscription subscription, StreamDeliveries deliveries)
    : StreamSubscriptionHandle<T>
{
    public override StreamId StreamId => subscription.Stream.StreamId;

    public override string ProviderName => subscription.Stream.ProviderName;

    public override Guid HandleId => subscription.Id;

    public override Task<StreamSubscriptionHandle<T>> ResumeAsync(
        IAsyncObserver<T> observer, StreamSequenceToken? token = null)
    {
        ArgumentNullException.ThrowIfNull(observer);
        StreamDeliveries.Attach(subscription, observer);
        return Task.FromResult<StreamSubscriptionHandle<T>>(this);
    }

    public override Task UnsubscribeAsync()
    {
        deliveries.Unsubscribe(subscription);
        return Task.CompletedTask;
    }

    public override bool Equals(StreamSubscriptionHandle<T>? other) => other is not null && other.HandleId == HandleId;
}
