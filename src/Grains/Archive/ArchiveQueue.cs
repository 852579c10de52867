using System.Collections.Immutable;
using Waqtor.Events;

namespace Waqtor.Archive;

/// <summary>
/// Callers that wait for their events to be written, and which of them share the next transaction. One event that the
/// archive cannot take must not hold up the others for ever: a failed transaction halves how many callers share one, a
/// good one adds one more, so that soon few others fail with the caller at fault.
/// </summary>
public sealed class ArchiveQueue(int writeEventsMax, int queueEventsMax)
{
    private readonly Queue<Caller> _callers = new();
    private readonly int _writeEventsMax = writeEventsMax;
    private int _callersPerWrite = writeEventsMax;

    public int Events { get; private set; }

    public int Callers => _callers.Count;

    /// <summary>Null: full.</summary>
    public Task? Enqueue(ImmutableArray<DomainEvent> events)
    {
        // A caller larger than the queue would never get in; an empty queue takes anybody.
        if (Events > 0 && Events + events.Length > queueEventsMax) return null;
        var caller = new Caller(events, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        _callers.Enqueue(caller);
        Events += events.Length;
        return caller.Done.Task;
    }

    /// <summary>The callers of the next transaction, in order of arrival; at least one, whatever its size.</summary>
    public IReadOnlyList<Caller> Take()
    {
        var taken = new List<Caller>();
        var events = 0;
        while (_callers.TryPeek(out var next) && taken.Count < _callersPerWrite)
        {
            if (taken.Count > 0 && events + next.Events.Length > _writeEventsMax) break;
            taken.Add(_callers.Dequeue());
            events += next.Events.Length;
        }

        Events -= events;
        return taken;
    }

    public void Succeeded(IReadOnlyList<Caller> callers)
    {
        _callersPerWrite = Math.Min(_writeEventsMax, _callersPerWrite + 1);
        foreach (var caller in callers) caller.Done.TrySetResult();
    }

    public void Failed(IReadOnlyList<Caller> callers, Exception exception)
    {
        _callersPerWrite = Math.Max(1, callers.Count / 2);
        foreach (var caller in callers) caller.Done.TrySetException(exception);
    }

    /// <summary>A call that waits.</summary>
    public sealed record Caller(ImmutableArray<DomainEvent> Events, TaskCompletionSource Done);
}
