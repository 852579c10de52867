using System.Net;
using Waqtor.Api.Access;

namespace Waqtor.Api.Realtime;

/// <summary>
/// One client. Events are offered by the topics and never wait for it: they go out at once when nothing waits before them,
/// else into a bounded queue, which one writer at a time empties. The transports only know how to write.
/// </summary>
#pragma warning disable CA1001 // The cancellation holds nothing but memory, and outlives the connection in those who wait for it.
internal abstract partial class FeedConnection
#pragma warning restore CA1001
{
    private readonly Lock _gate = new();
    private readonly FeedQueue _queue;
    private readonly FeedServices _services;
    private readonly Dictionary<string, FeedListener> _listeners = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _aborted = new();
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? _room;
    private bool _isWriting;
    private long? _closingSince;
    private bool _hasLastWord;

    protected FeedConnection(FeedServices services, FeedTransport transport, IPAddress? address)
    {
        _services = services;
        Transport = transport;
        Address = address ?? IPAddress.None;
        Id = services.Ids.New("con");
        OpenedAt = services.Clock.GetUtcNow();
        _queue = new FeedQueue(services.Options.QueueBytesMax, services.Options.QueueBytesMaxHighPriority);
        Rate = new ClientRate(services.Rates, Address);
        LastHeardAt = LastBeatAt = OpenedTimestamp = services.Clock.GetTimestamp();
    }

    public string Id { get; }
    public FeedTransport Transport { get; }
    public IPAddress Address { get; }
    public DateTimeOffset OpenedAt { get; }
    public long OpenedTimestamp { get; }
    public ClientRate Rate { get; }

    /// <summary>Null until it has authenticated.</summary>
    public Caller? Caller { get; private set; }

    /// <summary>By what it authenticated; asked of again while the connection lasts.</summary>
    public string? KeyHash { get; private set; }

    /// <summary>The session by whose cookie it came, asked of in the same way; null: none.</summary>
    public string? SessionHash { get; private set; }

    /// <summary>When the client was heard last.</summary>
    public long LastHeardAt { get; protected set; }

    public long EventsWritten { get; private set; }

    /// <summary>Why the connection ends; null while it does not.</summary>
    public string? Reason { get; private set; }

    /// <summary>Completed when the connection is over.</summary>
    public Task Completion => _completion.Task;

    /// <summary>Cancelled when nothing more can be written.</summary>
    public CancellationToken Aborted => _aborted.Token;

    protected long LastBeatAt { get; set; }

    protected FeedServices Services => _services;

    public int QueueBytes
    {
        get
        {
            lock (_gate) return _queue.Bytes;
        }
    }

    public void Authenticate(CallerIdentity identity) => (Caller, KeyHash, SessionHash) = (identity.Caller, identity.KeyHash, identity.SessionHash);

    public IReadOnlyList<FeedListener> Listeners
    {
        get
        {
            lock (_gate) return [.. _listeners.Values];
        }
    }

    public IReadOnlyList<string> Topics => [.. Listeners.Where(listener => !listener.Room.IsEveryone).Select(listener => listener.Room.Name.Text)];

    /// <summary>Where the client stands in all of its topics, by what was written to it.</summary>
    public string Cursor
    {
        get
        {
            lock (_gate) return CursorUnlocked();
        }
    }

    /// <summary>False: it has the topic already, has too many rooms, or ends.</summary>
    public bool TryAdd(FeedListener listener, int roomsMax)
    {
        lock (_gate)
        {
            if (Reason is not null || _listeners.ContainsKey(listener.Room.Name.Text)) return false;
            if (listener.Room.Name.IsRoom && _listeners.Values.Count(one => one.Room.Name.IsRoom) >= roomsMax) return false;
            _listeners.Add(listener.Room.Name.Text, listener);
            CountTopics();
            return true;
        }
    }

    public FeedListener? Find(string topic)
    {
        lock (_gate) return _listeners.GetValueOrDefault(topic);
    }

    public FeedListener? Remove(string topic)
    {
        lock (_gate)
        {
            if (!_listeners.Remove(topic, out var listener)) return null;
            listener.IsEnded = true;
            CountTopics();
            return listener;
        }
    }

    /// <summary>An event for this client. Never waits.</summary>
    public void Offer(FeedListener listener, FeedFrame frame)
    {
        bool writes;
        lock (_gate)
        {
            if (Reason is not null || listener.IsEnded) return;
            writes = BeginsUnlocked();
            if (!writes && TryQueue(listener, frame)) return;
        }

        if (writes) _ = WriteAllAsync(listener, frame);
        else Close(CloseReason.SlowReader);
    }

    /// <summary>Several events for this client, all of which it may see. Never waits.</summary>
    public void Offer(FeedListener listener, FeedBurst burst)
    {
        bool writes;
        lock (_gate)
        {
            if (Reason is not null || listener.IsEnded) return;
            writes = BeginsUnlocked();
        }

        if (writes)
        {
            _ = WriteAllAsync(listener, burst: burst);
            return;
        }

        foreach (var frame in burst.Frames) Offer(listener, frame);
    }

    /// <summary>Something the connection says of itself, in order with the events.</summary>
    public void Say(object word)
    {
        lock (_gate)
        {
            if (Reason is not null) return;
            _queue.Add(word);
            if (_isWriting) return;
            _isWriting = true;
        }

        _ = WriteAllAsync();
    }

    /// <summary>The reader's place in a topic cannot be continued: it is told so, in order with the events.</summary>
    public void Lose(FeedListener listener, FeedPlace place)
    {
        if (listener.Room.IsEveryone) return;
        Say(new LostPlace(listener, place));
    }

    /// <summary>Completes when there is room for a reader who comes back to be given what it missed.</summary>
    public Task WhenRoomAsync()
    {
        lock (_gate)
        {
            if (Reason is not null || _queue.Bytes <= _services.Options.QueueBytesMax / 4) return Task.CompletedTask;
            return (_room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    /// <summary>
    /// Ends the connection. What waits is left out: the client can come back and go on where it stood. It is told so if it
    /// still reads; after <see cref="RealtimeOptions.CloseSeconds"/> the connection is cut.
    /// </summary>
    public void Close(string reason)
    {
        lock (_gate)
        {
            if (Reason is not null) return;
            Reason = reason;
            foreach (var listener in _listeners.Values) listener.IsEnded = true;
            _queue.Clear();
            _closingSince = _services.Clock.GetTimestamp();
            _hasLastWord = true;
            _room?.TrySetResult();
            _room = null;
            if (_isWriting) return;
            _isWriting = true;
        }

        _ = WriteAllAsync();
    }

    /// <summary>The client is gone, or is not waited for any longer.</summary>
    public void Abort(string reason)
    {
        lock (_gate)
        {
            Reason ??= reason;
            foreach (var listener in _listeners.Values) listener.IsEnded = true;
            _queue.Clear();
            _hasLastWord = false;
            _room?.TrySetResult();
            _room = null;
        }

        if (!_aborted.IsCancellationRequested) _aborted.Cancel();
        Cut();
        _completion.TrySetResult();
    }

    /// <summary>Once a second: what is due by time.</summary>
    public void Tick()
    {
        if (_closingSince is { } since)
        {
            if (_services.Clock.GetElapsedTime(since).TotalSeconds >= _services.Options.CloseSeconds) Abort(Reason ?? CloseReason.Failed);
            return;
        }

        if (Caller is null)
        {
            if (_services.Clock.GetElapsedTime(OpenedTimestamp).TotalSeconds >= _services.Options.AuthenticateSeconds) Close(CloseReason.NotAuthenticated);
            return;
        }

        Beat();
    }

    /// <summary>
    /// A reader of few events among many would find, on coming back, that its place is gone although it missed nothing. So
    /// it is told from time to time where it stands. True: there is something to tell.
    /// </summary>
    public bool Refresh(long driftMin)
    {
        lock (_gate)
        {
            if (Reason is not null || _isWriting || _queue.Count > 0) return false;
            var drifted = false;
            foreach (var listener in _listeners.Values)
            {
                if (listener.IsCatchingUp || listener.Room.IsEveryone || _services.Topics.Find(listener.Room.Source)?.Settled is not { } settled) continue;
                if (settled.Epoch != listener.Told.Epoch || settled.Sequence <= listener.Told.Sequence) continue;
                drifted |= settled.Sequence - listener.Told.Sequence >= driftMin;
                listener.Told = listener.Told with { Sequence = settled.Sequence };
            }

            return drifted;
        }
    }

    /// <summary>What is due by time on a connection that lives.</summary>
    protected abstract void Beat();

    protected abstract ValueTask WriteAsync(FeedFrame frame, CancellationToken cancellationToken);

    /// <summary>The client has the event behind it when it is written, and its cursor is told with it.</summary>
    protected virtual ValueTask WriteAsync(FeedListener listener, FeedFrame frame, CancellationToken cancellationToken)
    {
        Tell(listener, frame.Place);
        return WriteAsync(frame, cancellationToken);
    }

    /// <summary>From here on the cursor is this one.</summary>
    protected void Tell(FeedListener listener, FeedPlace place)
    {
        if (listener.Room.IsEveryone) return;
        lock (_gate) listener.Told = place;
    }

    /// <summary>One by one, so that the cursor is never ahead of the event that is written.</summary>
    protected virtual async ValueTask WriteAsync(FeedListener listener, FeedBurst burst, CancellationToken cancellationToken)
    {
        foreach (var frame in burst.Frames) await WriteAsync(listener, frame, cancellationToken);
    }

    protected abstract ValueTask WriteAsync(object word, CancellationToken cancellationToken);

    /// <summary>Nothing more waits just now.</summary>
    protected virtual ValueTask FlushAsync(CancellationToken cancellationToken) => default;

    /// <summary>What the client is told at the end; null: nothing.</summary>
    protected abstract object? LastWord(string reason, string cursor);

    /// <summary>The last word was written: the connection can end in order.</summary>
    protected virtual ValueTask EndAsync(string reason) => default;

    /// <summary>Ends the connection at once.</summary>
    protected abstract void Cut();

    protected string CursorUnlocked() => FeedCursor.Join(_listeners.Values
        .Where(listener => !listener.Room.IsEveryone && listener.Told.Topic is not null).Select(listener => listener.Told));

    /// <summary>The client has but one topic, beside the one for everybody.</summary>
    protected bool HasOneTopic { get; private set; }

    private void CountTopics() => HasOneTopic = _listeners.Values.Count(listener => !listener.Room.IsEveryone) == 1;

    // The usual case: nothing waits, and what comes goes out without a queue.
    private bool BeginsUnlocked()
    {
        if (_isWriting) return false;
        _isWriting = true;
        return true;
    }

    private bool TryQueue(FeedListener listener, FeedFrame frame)
    {
        var folded = _queue.Folded;
        var hasRoom = _queue.TryAdd(listener, frame);
        if (_queue.Folded > folded) _services.Metrics.Folded(_queue.Folded - folded);
        return hasRoom;
    }
}
