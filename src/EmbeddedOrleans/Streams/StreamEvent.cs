using Orleans.Streams;

namespace EmbeddedOrleans.Streams;

/// <summary>What travels to an observer: an item, an error or the end.</summary>
internal abstract class StreamEvent
{
    public abstract Task DeliverAsync(object observer);

    public sealed class Item<T>(T item, StreamSequenceToken token) : StreamEvent
    {
        public override Task DeliverAsync(object observer) =>
            observer is IAsyncObserver<T> typed
                ? typed.OnNextAsync(item, token)
                : throw new InvalidCastException(
                    $"An item of type {typeof(T)} came to an observer of another type, {observer.GetType()}.");
    }

    public sealed class Error<T>(Exception exception) : StreamEvent
    {
        public override Task DeliverAsync(object observer) => ((IAsyncObserver<T>)observer).OnErrorAsync(exception);
    }

    public sealed class Completed<T> : StreamEvent
    {
        public override Task DeliverAsync(object observer) => ((IAsyncObserver<T>)observer).OnCompletedAsync();
    }
}
