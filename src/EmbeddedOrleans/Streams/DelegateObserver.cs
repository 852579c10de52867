using Orleans.Streams;

namespace EmbeddedOrleans.Streams;

/// <summary>An observer made of functions.</summary>
internal sealed class DelegateObserver<T> : IAsyncObserver<T>
{
    private readonly Func<T, StreamSequenceToken?, Task> _onNext;
    private readonly Func<Exception, Task>? _onError;
    private readonly Func<Task>? _onCompleted;

    public DelegateObserver(
        Func<T, StreamSequenceToken?, Task> onNextAsync,
        Func<Exception, Task>? onErrorAsync = null,
        Func<Task>? onCompletedAsync = null)
    {
        ArgumentNullException.ThrowIfNull(onNextAsync);
        _onNext = onNextAsync;
        _onError = onErrorAsync;
        _onCompleted = onCompletedAsync;
    }

    public Task OnNextAsync(T item, StreamSequenceToken? token = null) => _onNext(item, token);

    public Task OnErrorAsync(Exception ex) => _onError?.Invoke(ex) ?? Task.CompletedTask;

    public Task OnCompletedAsync() => _onCompleted?.Invoke() ?? Task.CompletedTask;
}
