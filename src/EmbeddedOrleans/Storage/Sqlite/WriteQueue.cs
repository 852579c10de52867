namespace EmbeddedOrleans.Storage.Sqlite;

/// <summary>
/// What waits for the writer, in order and bounded. A watch fails writes whose time is up, also those in a group that
/// the disk does not let go of; their outcome is then unknown to the caller, as the exception says.
/// </summary>
internal sealed class WriteQueue : IDisposable
{
    private readonly TimeProvider _clock;
    private readonly EmbeddedStoreOptions _options;
    private readonly ITimer _watch;
    private readonly object _gate = new();
    private readonly Queue<StoreWrite> _waiting = new();
    private List<StoreWrite> _group = [];
    private bool _isWatching;
    private bool _isClosed;

    public WriteQueue(TimeProvider clock, EmbeddedStoreOptions options)
    {
        _clock = clock;
        _options = options;
        using (ExecutionContext.SuppressFlow())
        {
            _watch = clock.CreateTimer(
                static self => ((WriteQueue)self!).OnWatch(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    public int Count
    {
        get
        {
            lock (_gate) return _waiting.Count + _group.Count;
        }
    }

    public void Enqueue(StoreWrite write)
    {
        write.QueuedAt = _clock.GetTimestamp();
        bool startWatch;
        lock (_gate)
        {
            if (_isClosed)
            {
                write.TrySetException(new StorageUnavailableException("The store is closed."));
                return;
            }

            if (_waiting.Count >= _options.QueueMax)
            {
                write.TrySetException(
                    new StorageUnavailableException($"{_waiting.Count} writes wait already, which is the limit."));
                return;
            }

            _waiting.Enqueue(write);
            if (_waiting.Count == 1) Monitor.Pulse(_gate);
            startWatch = !_isWatching;
            _isWatching = true;
        }

        if (startWatch) _watch.Change(_options.CommitTimeout, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Waits for writes and takes as many as a group may have; null when closed and empty.</summary>
    public List<StoreWrite>? TakeGroup()
    {
        lock (_gate)
        {
            while (_waiting.Count == 0)
            {
                if (_isClosed) return null;
                Monitor.Wait(_gate);
            }

            _group = new List<StoreWrite>(Math.Min(_waiting.Count, _options.GroupMax));
            while (_group.Count < _options.GroupMax && _waiting.TryDequeue(out var write))
            {
                if (!write.IsAbandoned) _group.Add(write);
            }

            return _group;
        }
    }

    public void OnGroupDone()
    {
        lock (_gate) _group = [];
    }

    /// <summary>Takes nothing more; what waits is still taken, or dropped without an answer.</summary>
    public void Close(bool dropWaiting)
    {
        lock (_gate)
        {
            _isClosed = true;
            if (dropWaiting)
            {
                _waiting.Clear();
                _isWatching = true;
            }

            Monitor.PulseAll(_gate);
        }
    }

    public void Dispose() => _watch.Dispose();

    private void OnWatch()
    {
        List<StoreWrite> late = [];
        lock (_gate)
        {
            var now = _clock.GetTimestamp();
            late.AddRange(_group.Where(w => !w.IsAbandoned && IsLate(w, now)));
            while (_waiting.TryPeek(out var write) && IsLate(write, now)) late.Add(_waiting.Dequeue());

            var oldest = _group.Concat(_waiting).FirstOrDefault(w => !w.IsAbandoned && !IsLate(w, now));
            _isWatching = oldest is not null;
            if (oldest is not null)
            {
                var rest = _options.CommitTimeout - _clock.GetElapsedTime(oldest.QueuedAt, now);
                _watch.Change(TimeSpan.FromMilliseconds(
                    Math.Max(1, Math.Ceiling(rest.TotalMilliseconds))), Timeout.InfiniteTimeSpan);
            }
        }

        foreach (var write in late)
        {
            write.TrySetException(
                new StorageUnavailableException($"The write was not committed within {_options.CommitTimeout}."));
        }
    }

    private bool IsLate(StoreWrite write, long now) =>
        _clock.GetElapsedTime(write.QueuedAt, now) >= _options.CommitTimeout;
}
