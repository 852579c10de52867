using EmbeddedOrleans.Activations;
using Orleans.Runtime;
using Orleans.Streams;

namespace EmbeddedOrleans.Streams;

/// <summary>One stream. Publishing completes when the items are queued for whoever listens now.</summary>
internal sealed class MemoryStreamOf<T>(StreamKey key, StreamDeliveries deliveries) : IAsyncStream<T>
{
    public bool IsRewindable => false;

    public string ProviderName => key.ProviderName;

    public StreamId StreamId => key.StreamId;

    public Task OnNextAsync(T item, StreamSequenceToken? token = null)
    {
        deliveries.Publish(key, sequence => new StreamEvent.Item<T>(item, new StreamToken(sequence)));
        return Task.CompletedTask;
    }

    public Task OnNextBatchAsync(IEnumerable<T> batch, StreamSequenceToken? token = null)
    {
        foreach (var item in batch) deliveries.Publish(
            key, sequence => new StreamEvent.Item<T>(item, new StreamToken(sequence)));
        return Task.CompletedTask;
    }

    public Task OnErrorAsync(Exception ex)
    {
        deliveries.Publish(key, _ => new StreamEvent.Error<T>(ex));
        return Task.CompletedTask;
    }

    public Task OnCompletedAsync()
    {
        deliveries.Publish(key, static _ => new StreamEvent.Completed<T>());
        return Task.CompletedTask;
    }

    public Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncObserver<T> observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        return Task.FromResult<StreamSubscriptionHandle<T>>(
            new StreamHandle<T>(deliveries.Subscribe(key, observer), deliveries));
    }

    public Task<StreamSubscriptionHandle<T>> SubscribeAsync(
        IAsyncObserver<T> observer, StreamSequenceToken? token, string? filterData = null) =>
        token is null && filterData is null
            ? SubscribeAsync(observer)
            : throw new NotSupportedException("Memory streams cannot be rewound or filtered.");

    public Task<IList<StreamSubscriptionHandle<T>>> GetAllSubscriptionHandles()
    {
        var found = deliveries.Find(key, RuntimeContext.Current?.GrainId);
        return Task.FromResult<IList<StreamSubscriptionHandle<T>>>(
            [.. found.Select(s => new StreamHandle<T>(s, deliveries))]);
    }

    public bool Equals(IAsyncStream<T>? other) =>
        other is MemoryStreamOf<T> stream && stream.ProviderName == ProviderName && stream.StreamId == StreamId;

    public override bool Equals(object? obj) => Equals(obj as IAsyncStream<T>);

    public override int GetHashCode() => key.GetHashCode();

    public int CompareTo(IAsyncStream<T>? other) => other is null ? 1 : StreamId.CompareTo(other.StreamId);
}
