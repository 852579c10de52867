using System.Collections.Immutable;

namespace Waqtor.Events;

/// <summary>Events on their way to one topic: in order, one call at a time, so that a slow topic delays nobody.</summary>
public sealed class TopicOutlet(
    int queueEventsMax, int callEventsMax, Func<ImmutableArray<DomainEvent>, Task> publish, Action<int, Exception?> dropped)
{
    private const int AttemptsMax = 3;

    private readonly Queue<DomainEvent> _events = new();

    /// <summary>The events' way so far; completed when none waits. Never fails.</summary>
    public Task Running { get; private set; } = Task.CompletedTask;

    /// <summary>Only called in the order in which the events shall go.</summary>
    public void Add(DomainEvent domainEvent)
    {
        if (_events.Count >= queueEventsMax)
        {
            _events.Dequeue();
            dropped(1, null);
        }

        _events.Enqueue(domainEvent);
        if (Running.IsCompleted) Running = RunAsync();
    }

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
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await publish(events);
                return;
            }
            catch (Exception exception)
            {
                if (attempt < AttemptsMax) continue;
                dropped(events.Length, exception);
                return;
            }
        }
    }
}
