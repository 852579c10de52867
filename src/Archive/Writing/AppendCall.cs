using Waqtor.Events;

namespace Waqtor.Archive;

/// <summary>One caller's events on their way into a transaction.</summary>
internal sealed class AppendCall(IReadOnlyList<DomainEvent> events, CancellationToken cancellationToken)
{
    // The caller's grain must not run on the writer's thread.
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<DomainEvent> Events { get; } = events;

    /// <summary>Ends when the events are durable.</summary>
    public Task Done => _done.Task;

    /// <summary>False: the caller gave up while it waited. From here on it is too late to give up.</summary>
    public bool Begin()
    {
        if (!cancellationToken.IsCancellationRequested) return true;
        _done.TrySetCanceled(cancellationToken);
        return false;
    }

    public void Succeed() => _done.TrySetResult();

    public void Fail(Exception exception) => _done.TrySetException(exception);
}
