namespace Waqtor.Api.Spooling;

/// <summary>
/// The oldest deliveries of the spool, and what may be stored of them next: those of one conversation together, so that a burst that
/// waited is still one burst; those of different conversations beside each other; each behind every older one that it shares a key with.
/// </summary>
/// <param name="groupMax">Deliveries of one group.</param>
/// <param name="groupBytesMax">Bytes of one group, beyond its first delivery.</param>
internal sealed class ReplayWindow(int groupMax, int groupBytesMax)
{
    private readonly LinkedList<SpoolEntry> _entries = [];
    private readonly Dictionary<SpoolEntry, LinkedListNode<SpoolEntry>> _nodes = [];
    private readonly Dictionary<string, Line> _lines = new(StringComparer.Ordinal);

    public int Count => _entries.Count;

    /// <summary>Behind all that is here. Its keys must be known.</summary>
    public void Add(SpoolEntry entry)
    {
        _nodes.Add(entry, _entries.AddLast(entry));
        foreach (var key in entry.Keys!.All)
        {
            if (!_lines.TryGetValue(key, out var line)) _lines.Add(key, line = new Line());
            line.Add(entry);
        }
    }

    /// <summary>The next groups, oldest first; none shares a key with another. They stay here until they are done.</summary>
    public List<List<SpoolEntry>> Next(int max)
    {
        var groups = new List<List<SpoolEntry>>();
        // What waits behind one that is taken is passed over; only so much of it, because a long line of one conversation says nothing new.
        var looks = LooksPerGroup * max;
        for (var node = _entries.First; node is not null && groups.Count < max && looks-- > 0; node = node.Next)
        {
            if (IsFirst(node.Value)) groups.Add(GroupFrom(node.Value));
        }

        return groups;
    }

    /// <summary>It is stored, and so is all before it that it shares a key with.</summary>
    public void Done(SpoolEntry entry)
    {
        if (!_nodes.Remove(entry, out var node)) return;
        _entries.Remove(node);
        foreach (var key in entry.Keys!.All)
        {
            var line = _lines[key];
            line.RemoveFirst();
            if (line.Count == 0) _lines.Remove(key);
        }
    }

    private const int LooksPerGroup = 64;

    private bool IsFirst(SpoolEntry entry)
    {
        foreach (var key in entry.Keys!.All)
        {
            if (_lines[key][0] != entry) return false;
        }

        return true;
    }

    private List<SpoolEntry> GroupFrom(SpoolEntry first)
    {
        var group = new List<SpoolEntry> { first };
        if (first.Keys!.Conversation is not { } conversation) return group;
        var line = _lines[conversation];
        for (var bytes = 0; group.Count < groupMax && group.Count < line.Count; group.Add(line[group.Count]))
        {
            var next = line[group.Count];
            bytes += next.Length;
            if (bytes > groupBytesMax || !next.Keys!.IsSameAs(first.Keys)) break;
            if (!first.Keys.All.All(key => _lines[key].Count > group.Count && _lines[key][group.Count] == next)) break;
        }

        return group;
    }

    /// <summary>What shares a key, in order.</summary>
    private sealed class Line
    {
        private readonly List<SpoolEntry> _entries = [];
        private int _first;

        public int Count => _entries.Count - _first;

        public SpoolEntry this[int index] => _entries[_first + index];

        public void Add(SpoolEntry entry) => _entries.Add(entry);

        public void RemoveFirst()
        {
            _first++;
            if (_first < 64 || _first < _entries.Count / 2) return;
            _entries.RemoveRange(0, _first);
            _first = 0;
        }
    }
}
