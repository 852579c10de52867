using System.Collections.Immutable;

namespace Waqtor.Events;

/// <summary>Events on their way to one topic: in order, one call at a time, so that a slow topic delays nobody.</summary>
/// <remarks>
/// A topic whose silo died is away until the cluster has noticed, some ten seconds: until <see cref="Patience"/> is over the
/// events wait for it. What is given up after all is owned up to: the topic begins a new epoch before it gets anything else,
/// because a sequence without a gap would tell its readers that nothing is missing.
/// </remarks>
public sealed class TopicOutlet(
    int queueEventsMax,
    int callEventsMax,
    Func<ImmutableArray<DomainEvent>, Task> publish,
    Func<Task> beginAnew,
    Action<int, Exception?> dropped,
    TimeProvider clock)
{
    private static readonly TimeSpan PauseFirst = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Queue<DomainEvent> _events = new();
    private readonly TaskCompletionSource _stopping = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _hasLost;

    /// <summary>The events' way so far; completed when none waits. Never fails.</summary>
    public Task Running { get; private set; } = Task.CompletedTask;

    /// <summary>Only called in the order in which the events shall go.</summary>
    public void Add(DomainEvent domainEvent)
    {
        if (_events.Count >= queueEventsMax)
        {
            _events.Dequeue();
            Drop(1, null);
        }

        _events.Enqueue(domainEvent);
        if (Running.IsCompleted) Running = RunAsync();
    }

    /// <summary>No more waiting: what the topic does not take now is given up.</summary>
    public void Stop() => _stopping.TrySetResult();

    private async Task RunAsync()
    {
        // More events of the same call may follow: they share the first call to the topic.
        await Task.Yield();
        while (_events.Count > 0)
        {
            var count = Math.Min(_events.Count, callEventsMax);
            var events = ImmutableArray.CreateBuilder<DomainEvent>(count);
            while (events.Count < count) events.Add(_events.Dequeue());
            await PublishAsync(events.MoveToImmutable());
        }
    }

    // The topic drops ids it has seen, so that trying again after a lost answer doubles nothing.
    private async Task PublishAsync(ImmutableArray<DomainEvent> events)
    {
        var began = clock.GetTimestamp();
        for (var pause = PauseFirst; ; pause = pause * 2 < PauseMax ? pause * 2 : PauseMax)
        {
            try
            {
                if (_hasLost)
                {
                    await beginAnew();
                    _hasLost = false;
                }

                await publish(events);
                return;
            }
            catch (Exception exception)
            {
                if (_stopping.Task.IsCompleted || clock.GetElapsedTime(began) >= Patience)
                {
                    Drop(events.Length, exception);
                    return;
                }
            }

            await PauseAsync(pause);
        }
    }

    private async Task PauseAsync(TimeSpan pause)
    {
        using var over = new CancellationTokenSource();
        await Task.WhenAny(Task.Delay(pause, clock, over.Token), _stopping.Task);
        await over.CancelAsync();
    }

    private void Drop(int count, Exception? exception)
    {
        _hasLost = true;
        dropped(count, exception);
    }
}
