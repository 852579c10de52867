namespace Waqtor.Api.Spooling;

/// <summary>What lies in the spool and is not stored yet, in order; in memory, rebuilt from the files at start.</summary>
internal sealed class SpoolIndex
{
    private readonly Lock _gate = new();
    private readonly LinkedList<SpoolEntry> _entries = [];
    private readonly Dictionary<SpoolEntry, LinkedListNode<SpoolEntry>> _taken = [];
    private readonly Dictionary<string, int> _byInstance = new(StringComparer.Ordinal);
    private LinkedListNode<SpoolEntry>? _firstUntaken;
    private int _pending;

    /// <summary>Spooled or being spooled.</summary>
    public int Pending => Volatile.Read(ref _pending);

    /// <summary>True when a new delivery of the instance must go behind older ones.</summary>
    public bool HasPending(string instance)
    {
        if (Pending == 0) return false;
        lock (_gate) return _byInstance.ContainsKey(instance);
    }

    /// <summary>Counts a delivery from before it is written, so that none overtakes it.</summary>
    public void Announce(string instance)
    {
        lock (_gate)
        {
            _byInstance[instance] = _byInstance.GetValueOrDefault(instance) + 1;
            _pending++;
        }
    }

    /// <summary>An announced delivery did not come to be.</summary>
    public void Withdraw(string instance)
    {
        lock (_gate) Remove(instance);
    }

    /// <summary>An announced delivery is durable.</summary>
    public void Add(SpoolEntry entry)
    {
        lock (_gate)
        {
            var node = _entries.AddLast(entry);
            _firstUntaken ??= node;
            entry.Segment.Pending++;
        }
    }

    /// <summary>The oldest entries that were not taken yet.</summary>
    public List<SpoolEntry> Take(int max)
    {
        lock (_gate)
        {
            var entries = new List<SpoolEntry>(Math.Min(max, _entries.Count - _taken.Count));
            for (; _firstUntaken is { } node && entries.Count < max; _firstUntaken = node.Next)
            {
                _taken.Add(node.Value, node);
                entries.Add(node.Value);
            }

            return entries;
        }
    }

    /// <summary>Forgets taken entries that are stored; answers the closed segments that nothing is left of.</summary>
    public List<SpoolSegment> Complete(IEnumerable<SpoolEntry> done)
    {
        var emptied = new List<SpoolSegment>();
        lock (_gate)
        {
            foreach (var entry in done)
            {
                if (!_taken.Remove(entry, out var node)) continue;
                _entries.Remove(node);
                Remove(entry.Instance);
                if (--entry.Segment.Pending == 0 && entry.Segment.Closed) emptied.Add(entry.Segment);
            }
        }

        return emptied;
    }

    /// <summary>Nothing more is appended to the segment. True: nothing is left of it.</summary>
    public bool Close(SpoolSegment segment)
    {
        lock (_gate)
        {
            segment.Closed = true;
            return segment.Pending == 0;
        }
    }

    private void Remove(string instance)
    {
        _pending--;
        var left = _byInstance[instance] - 1;
        if (left == 0) _byInstance.Remove(instance);
        else _byInstance[instance] = left;
    }
}
