namespace Waqtor.Api.Realtime;

/// <summary>
/// What waits for one connection, bounded by bytes. Over the bound, events of progress that a later one of the same kind
/// overtook are left out; when that is not enough the reader is too slow. Not thread-safe.
/// </summary>
internal sealed class FeedQueue(int bytesMax, int bytesMaxHighPriority)
{
    private const int WordBytes = 256;

    private LinkedList<Entry>? _entries;

    internal readonly record struct Entry(FeedListener? Listener, FeedFrame? Frame, object? Word)
    {
        public int Bytes => Frame?.Bytes ?? WordBytes;
    }

    public int Bytes { get; private set; }

    public int Count => _entries?.Count ?? 0;

    /// <summary>Events left out because a later one stands for them.</summary>
    public int Folded { get; private set; }

    /// <summary>False: there is no room, and the reader is too slow.</summary>
    public bool TryAdd(FeedListener listener, FeedFrame frame)
    {
        var max = frame.Event.IsHighPriority ? bytesMaxHighPriority : bytesMax;
        if (Bytes + frame.Bytes > max)
        {
            Fold(listener, frame);
            // An event larger than the whole queue still goes to a reader who is not behind.
            if (Bytes + frame.Bytes > max && Count > 0) return false;
        }

        Add(new Entry(listener, frame, null));
        return true;
    }

    /// <summary>What the connection says of itself is always taken: there is at most one answer for each question.</summary>
    public void Add(object word) => Add(new Entry(null, null, word));

    public bool TryTake(out Entry entry)
    {
        entry = default;
        if (_entries?.First is not { } first) return false;
        entry = first.Value;
        _entries.RemoveFirst();
        Bytes -= entry.Bytes;
        // Most connections are idle most of the time and keep nothing.
        if (_entries.Count == 0) _entries = null;
        return true;
    }

    public void Clear()
    {
        _entries = null;
        Bytes = 0;
    }

    private void Add(Entry entry)
    {
        (_entries ??= []).AddLast(entry);
        Bytes += entry.Bytes;
    }

    // From the newest back: of each kind of progress the first one met is the last one told.
    private void Fold(FeedListener listener, FeedFrame next)
    {
        var seen = new HashSet<(FeedListener, string)>();
        if (next.Event.ProgressKey is { } key) seen.Add((listener, key));
        for (var node = _entries?.Last; node is not null;)
        {
            var previous = node.Previous;
            if (node.Value is { Listener: { } of, Frame.Event.ProgressKey: { } progress } && !seen.Add((of, progress)))
            {
                Bytes -= node.Value.Bytes;
                _entries!.Remove(node);
                Folded++;
            }

            node = previous;
        }
    }
}
