namespace Waqtor.Api.Spooling;

/// <summary>What lies in the spool and is not stored yet, in order; in memory, rebuilt from the files at start.</summary>
internal sealed class SpoolIndex
{
    private readonly Lock _gate = new();
    private readonly LinkedList<SpoolEntry> _entries = [];
    private readonly Dictionary<string, int> _byInstance = new(StringComparer.Ordinal);
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
            _entries.AddLast(entry);
            entry.Segment.Pending++;
        }
    }

    /// <summary>The oldest entries.</summary>
    public List<SpoolEntry> Peek(int max)
    {
        lock (_gate)
        {
            var entries = new List<SpoolEntry>(Math.Min(max, _entries.Count));
            for (var node = _entries.First; node is not null && entries.Count < max; node = node.Next) entries.Add(node.Value);
            return entries;
        }
    }

    /// <summary>Forgets entries that are stored; answers the closed segments that nothing is left of.</summary>
    public List<SpoolSegment> Complete(IReadOnlySet<SpoolEntry> done)
    {
        var emptied = new List<SpoolSegment>();
        lock (_gate)
        {
            var left = done.Count;
            for (var node = _entries.First; node is not null && left > 0;)
            {
                var next = node.Next;
                if (done.Contains(node.Value))
                {
                    _entries.Remove(node);
                    Remove(node.Value.Instance);
                    left--;
                    if (--node.Value.Segment.Pending == 0 && node.Value.Segment.Closed) emptied.Add(node.Value.Segment);
                }

                node = next;
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
