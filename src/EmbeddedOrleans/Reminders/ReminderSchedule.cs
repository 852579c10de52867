using EmbeddedOrleans.Storage;
using Orleans.Runtime;

namespace EmbeddedOrleans.Reminders;

/// <summary>All reminders by grain and name and by due time. Thread-safe; holds no clock.</summary>
internal sealed class ReminderSchedule
{
    // Replaced entries stay in the heap until they are due; when they outnumber the living it is built anew.
    private const int GoneToleratedMin = 1_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<GrainId, List<Reminder>> _byGrain = [];
    private PriorityQueue<Reminder, (DateTime DueAt, long Order)> _byDueTime = new();
    private long _lastOrder;
    private int _gone;
    private int _count;

    public int Count => _count;

    public void Put(Reminder reminder)
    {
        lock (_gate)
        {
            RemoveCore(reminder.Stored.GrainId, reminder.Stored.Name);
            if (!_byGrain.TryGetValue(reminder.Stored.GrainId, out var reminders))
            {
                reminders = new List<Reminder>(1);
                _byGrain.Add(reminder.Stored.GrainId, reminders);
            }

            reminders.Add(reminder);
            _count++;
            EnqueueCore(reminder);
        }
    }

    public void Remove(GrainId grainId, string name)
    {
        lock (_gate) RemoveCore(grainId, name);
    }

    /// <summary>Puts a reminder whose tick has been delivered back at its next due time, unless it is gone.</summary>
    public void Requeue(Reminder reminder, DateTime dueAt)
    {
        lock (_gate)
        {
            if (reminder.IsGone) return;

            reminder.DueAt = dueAt;
            EnqueueCore(reminder);
        }
    }

    public IReadOnlyList<Reminder> Find(GrainId grainId)
    {
        lock (_gate) return _byGrain.TryGetValue(grainId, out var reminders) ? [.. reminders] : [];
    }

    /// <summary>When the next tick is due, if any.</summary>
    public DateTime? NextDueAt
    {
        get
        {
            lock (_gate) return _byDueTime.TryPeek(out _, out var priority) ? priority.DueAt : null;
        }
    }

    /// <summary>Takes the next reminder that is due, if there is one; else says when the next will be.</summary>
    public Reminder? TakeDue(DateTime now, out DateTime? nextDueAt)
    {
        lock (_gate)
        {
            while (_byDueTime.TryPeek(out var reminder, out var priority))
            {
                // Gone, or queued again with another time since.
                if (reminder.IsGone)
                {
                    _byDueTime.Dequeue();
                    _gone--;
                    continue;
                }

                nextDueAt = priority.DueAt;
                return priority.DueAt > now ? null : _byDueTime.Dequeue();
            }

            nextDueAt = null;
            return null;
        }
    }

    private void RemoveCore(GrainId grainId, string name)
    {
        if (!_byGrain.TryGetValue(grainId, out var reminders)) return;

        var index = reminders.FindIndex(r => r.Stored.Name == name);
        if (index < 0) return;

        reminders[index].IsGone = true;
        reminders.RemoveAt(index);
        if (reminders.Count == 0) _byGrain.Remove(grainId);
        _count--;
        if (++_gone > GoneToleratedMin && _gone > _count) Rebuild();
    }

    private void EnqueueCore(Reminder reminder) => _byDueTime.Enqueue(reminder, (reminder.DueAt, ++_lastOrder));

    private void Rebuild()
    {
        _byDueTime = new(_byDueTime.UnorderedItems.Where(item => !item.Element.IsGone));
        _gone = 0;
    }
}
