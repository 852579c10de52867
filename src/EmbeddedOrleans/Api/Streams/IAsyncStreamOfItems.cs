namespace Orleans.Streams;

/// <summary>A stream of items: publish with <c>OnNextAsync</c>, listen with <c>SubscribeAsync</c>.</summary>
public interface IAsyncStream<T>
    : IAsyncStream,
      IEquatable<IAsyncStream<T>>,
      IComparable<IAsyncStream<T>>,
      IAsyncObservable<T>,
      IAsyncBatchProducer<T>
{
    /// <summary>
    /// The subscriptions of the calling grain (or of the clients), after a restart of the grain as well.
    /// </summary>
    Task<IList<StreamSubscriptionHandle<T>>> GetAllSubscriptionHandles();
}
