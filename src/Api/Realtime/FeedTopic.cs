using System.Collections.Concurrent;
using Orleans.Streams;
using Waqtor.Realtime;

namespace Waqtor.Api.Realtime;

/// <summary>
/// One topic on this node, for all local listeners.
/// </summary>
/// <remarks>
/// Truth is the sequence of the <see cref="ITopicGrain"/>; its stream is only fast. What a hint leaves out, and what a poll
/// finds that no hint told, is read from the grain. All changes happen in one turn at a time (<see cref="_turn"/>), so events
/// are offered in order and a listener is added exactly between two of them. A reader who comes back is first served from
/// the events kept ready, or from the grain, outside the turn and no faster than it reads; only the rest is given to it in
/// the turn that adds it. Where a place cannot be continued, the reader is told so and stands at the topic's head.
/// </remarks>
#pragma warning disable CA1001 // The semaphore holds no handle unless it is asked for one.
internal sealed class FeedTopic(string name, ITopicGrain grain, RealtimeOptions options, RealtimeMetrics metrics, Func<FeedTopic, Task<StreamSubscriptionHandle<TopicPage>?>> listen)
#pragma warning restore CA1001
{
    private const int PageEventsMax = 500;
    private const int ServeBytesMax = 64 * 1_024;
    private const int NewsMax = 1_000;
    private const int ToldAtOnceMax = 64;

    private readonly SemaphoreSlim _turn = new(1);
    private readonly Queue<FeedFrame> _ready = new();
    private readonly Dictionary<string, List<FeedListener>> _conversations = new(StringComparer.Ordinal);
    private readonly List<FeedListener> _listeners = [];
    private readonly ConcurrentQueue<TopicPage> _news = new();
    private readonly List<FeedFrame> _toTell = [];
    private StreamSubscriptionHandle<TopicPage>? _hints;
    private string _epoch = "";
    private long _sequence;
    private long _readyBytes;
    private bool _isClosed;
    private int _takesNews;

    public string Name { get; } = name;

    /// <summary>Up to where every listener was offered everything; null before the first read.</summary>
    public FeedPlace? Settled => Volatile.Read(ref _settledBox)?.Place;

    private sealed record SettledBox(FeedPlace Place);

    private SettledBox? _settledBox;

    public int ListenerCount { get; private set; }

    /// <summary>When its last listener left, by the clock of its owner.</summary>
    public long? IdleSince { get; set; }

    /// <summary>Where a reader with this place will stand; null place: at the head. False: the topic was given up meanwhile.</summary>
    public async Task<(bool IsOpen, bool Recovered, FeedPlace Place)> StandAsync(FeedPlace? wanted, CancellationToken cancellationToken)
    {
        if (wanted is { } place)
        {
            // Asked of the grain and not of what is ready here, which may be of an epoch that is over.
            var page = await grain.ReadAsync(place.Epoch, place.Sequence, 0);
            return page.Recovered ? (true, true, place) : (true, false, new FeedPlace(Name, page.Epoch, page.LastSequence));
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_isClosed) return (false, false, default);
            await EnsureStartedAsync();
            return (true, false, new FeedPlace(Name, _epoch, _sequence));
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Serves a reader from its place on, and from then on with all that happens. False: the topic was given up meanwhile.</summary>
    public async Task<bool> FollowAsync(FeedListener listener, CancellationToken cancellationToken)
    {
        while (!listener.IsEnded)
        {
            await listener.Connection.WhenRoomAsync().WaitAsync(cancellationToken);
            await _turn.WaitAsync(cancellationToken);
            try
            {
                if (_isClosed) return false;
                await EnsureStartedAsync();
                if (TryServeAndAdd(listener, out var serveMore)) return true;
                if (serveMore) continue;
            }
            finally
            {
                _turn.Release();
            }

            var page = await grain.ReadAsync(listener.Epoch, listener.Position, PageEventsMax);
            if (page.Epoch != Settled?.Epoch) await AcceptAsync(page);
            if (!page.Recovered) Lose(listener, page.Epoch, page.LastSequence);
            else foreach (var one in page.Events) Offer(listener, new FeedEvent(one.Event), page.Epoch, one.Sequence);
        }

        return true;
    }

    /// <summary>News by the stream, which is not kept waiting. True: nobody takes them, and <see cref="TakeNewsAsync"/> is to be called.</summary>
    public bool Hint(TopicPage page)
    {
        // What does not fit is seen to be missing and read from the grain.
        if (_news.Count < NewsMax) _news.Enqueue(page);
        return Interlocked.Exchange(ref _takesNews, 1) == 0;
    }

    /// <summary>Takes the news until there are none. What comes while listeners are told is told next, together.</summary>
    public async Task TakeNewsAsync()
    {
        do
        {
            try
            {
                await _turn.WaitAsync().ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
                try
                {
                    while (_toTell.Count < ToldAtOnceMax && _news.TryDequeue(out var page))
                    {
                        if (!_isClosed && _epoch.Length > 0) await TakeAsync(page);
                    }
                }
                finally
                {
                    TellAll();
                    _turn.Release();
                }
            }
            finally
            {
                Volatile.Write(ref _takesNews, 0);
            }
        }
        while (!_news.IsEmpty && Interlocked.Exchange(ref _takesNews, 1) == 0);
    }

    /// <summary>News that were asked for.</summary>
    public async Task AcceptAsync(TopicPage page)
    {
        await _turn.WaitAsync();
        try
        {
            if (!_isClosed && _epoch.Length > 0) await TakeAsync(page);
        }
        finally
        {
            TellAll();
            _turn.Release();
        }
    }

    /// <summary>Asks for what no hint told, and listens again where that failed.</summary>
    public async Task PollAsync()
    {
        string epoch;
        long sequence;
        await _turn.WaitAsync();
        try
        {
            if (_isClosed || _epoch.Length == 0) return;
            _hints ??= await listen(this);
            (epoch, sequence) = (_epoch, _sequence);
        }
        finally
        {
            _turn.Release();
        }

        await AcceptAsync(await grain.ReadAsync(epoch, sequence, PageEventsMax));
    }

    public async Task RemoveAsync(FeedListener listener)
    {
        await _turn.WaitAsync();
        try
        {
            Remove(listener);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Gives the topic up if nobody listens, and says so before anybody can find it closed.</summary>
    public async Task TryCloseAsync(Action closed)
    {
        StreamSubscriptionHandle<TopicPage>? hints;
        await _turn.WaitAsync();
        try
        {
            if (ListenerCount > 0) return;
            _isClosed = true;
            closed();
            hints = _hints;
            _hints = null;
        }
        finally
        {
            _turn.Release();
        }

        if (hints is not null) await hints.UnsubscribeAsync();
    }

    private long FirstReady => _sequence - _ready.Count + 1;

    // Listened to first and read then: no event falls between.
    private async Task EnsureStartedAsync()
    {
        if (_epoch.Length > 0) return;
        _hints ??= await listen(this);
        var page = await grain.ReadAsync(null, 0, 0);
        (_epoch, _sequence) = (page.Epoch, page.LastSequence);
        Settle();
    }

    private async Task TakeAsync(TopicPage page)
    {
        if (page.Epoch != _epoch)
        {
            // What the old epoch told last is unknown; the new one is told from its beginning, if it still has it.
            var first = await grain.ReadAsync(page.Epoch, 0, PageEventsMax);
            Begin(first.Epoch, first.Recovered ? 0 : first.LastSequence);
            page = first;
        }
        else if (!page.Recovered)
        {
            Begin(_epoch, page.LastSequence);
        }

        while (true)
        {
            if (page.Events is [var first, ..] && first.Sequence > _sequence + 1)
            {
                page = await grain.ReadAsync(_epoch, _sequence, PageEventsMax);
                if (page.Epoch != _epoch || !page.Recovered)
                {
                    Begin(page.Epoch, page.LastSequence);
                    return;
                }
            }

            foreach (var one in page.Events) Tell(one);
            if (page.LastSequence <= _sequence) return;
            page = await grain.ReadAsync(_epoch, _sequence, PageEventsMax);
            if (page.Events.IsEmpty && page.Recovered && page.Epoch == _epoch) return;
            if (page.Epoch != _epoch || !page.Recovered)
            {
                Begin(page.Epoch, page.LastSequence);
                return;
            }
        }
    }

    // Every listener learns that something may be missing.
    private void Begin(string epoch, long sequence)
    {
        TellAll();
        (_epoch, _sequence) = (epoch, sequence);
        _ready.Clear();
        _readyBytes = 0;
        foreach (var listener in _listeners) Lose(listener, epoch, sequence);
        foreach (var listener in _conversations.Values.SelectMany(list => list)) Lose(listener, epoch, sequence);
        Settle();
    }

    private void Lose(FeedListener listener, string epoch, long sequence)
    {
        metrics.Lost();
        (listener.Epoch, listener.Position) = (epoch, sequence);
        listener.Connection.Lose(listener, new FeedPlace(listener.Room.Name.Text, epoch, sequence));
    }

    private void Tell(TopicEvent one)
    {
        if (one.Sequence != _sequence + 1) return;
        metrics.Published(1);
        var told = new FeedEvent(one.Event);
        var frame = new FeedFrame(told, Name, _epoch, one.Sequence);
        Keep(frame);
        _toTell.Add(frame);
    }

    // Listener by listener and not event by event: what goes to one socket goes out together.
    private void TellAll()
    {
        if (_toTell.Count == 0) return;
        var burst = _toTell.Count > 1 ? new FeedBurst([.. _toTell]) : null;
        foreach (var listener in _listeners)
        {
            if (burst is not null && TryOffer(listener, burst)) continue;
            foreach (var frame in _toTell) Offer(listener, frame);
        }

        foreach (var frame in _toTell)
        {
            if (frame.Event.ConversationId is not { } conversation || !_conversations.TryGetValue(conversation, out var listeners)) continue;
            var ofRoom = new FeedFrame(frame.Event, listeners[0].Room.Name.Text, frame.Epoch, frame.Sequence);
            foreach (var listener in listeners) Offer(listener, ofRoom);
        }

        _toTell.Clear();
        Settle();
    }

    private void Keep(FeedFrame frame)
    {
        _sequence = frame.Sequence;
        _ready.Enqueue(frame);
        _readyBytes += frame.Event.Payload.Length;
        while (_ready.Count > options.ReadyEventsMax || (_readyBytes > options.ReadyBytesMax && _ready.Count > 1)) _readyBytes -= _ready.Dequeue().Event.Payload.Length;
    }

    // A frame for this listener alone: what is fetched for one is rarely what another wants.
    private static void Offer(FeedListener listener, FeedEvent told, string epoch, long sequence) =>
        Offer(listener, new FeedFrame(told, listener.Room.Name.Text, epoch, sequence));

    private static void Offer(FeedListener listener, FeedFrame frame)
    {
        if (listener.IsEnded || frame.Sequence <= listener.Position) return;
        listener.Position = frame.Sequence;
        if (listener.Room.ConversationId is { } conversation && frame.Event.ConversationId != conversation) return;
        if (listener.Sees(frame.Event, listener.Connection.Transport)) listener.Connection.Offer(listener, frame);
    }

    // False: not all of it is for this listener.
    private static bool TryOffer(FeedListener listener, FeedBurst burst)
    {
        if (listener.IsEnded || burst.Frames[0].Sequence <= listener.Position) return false;
        foreach (var frame in burst.Frames)
        {
            if (!listener.Sees(frame.Event, listener.Connection.Transport)) return false;
        }

        listener.Position = burst.Last.Sequence;
        listener.Connection.Offer(listener, burst);
        return true;
    }

    // True: the listener has everything and is one of ours now. Else serveMore says whether there is more here.
    private bool TryServeAndAdd(FeedListener listener, out bool serveMore)
    {
        serveMore = false;
        if (listener.Epoch != _epoch) return false;
        if (listener.Position < FirstReady - 1) return false;
        var bytes = 0;
        foreach (var frame in _ready.Skip((int)Math.Max(0, listener.Position - FirstReady + 1)))
        {
            if (bytes > ServeBytesMax)
            {
                serveMore = true;
                return false;
            }

            bytes += frame.Event.Payload.Length;
            if (listener.Room.ConversationId is null) Offer(listener, frame);
            else Offer(listener, frame.Event, frame.Epoch, frame.Sequence);
        }

        Add(listener);
        return true;
    }

    private void Add(FeedListener listener)
    {
        if (listener.IsEnded) return;
        if (listener.Room.ConversationId is not { } conversation) _listeners.Add(listener);
        else if (_conversations.TryGetValue(conversation, out var list)) list.Add(listener);
        else _conversations.Add(conversation, [listener]);
        listener.IsCatchingUp = false;
        ListenerCount++;
        IdleSince = null;
    }

    private void Remove(FeedListener listener)
    {
        var list = _listeners;
        var conversation = listener.Room.ConversationId;
        if (conversation is not null && !_conversations.TryGetValue(conversation, out list)) return;
        if (!list!.Remove(listener)) return;
        if (conversation is not null && list.Count == 0) _conversations.Remove(conversation);
        ListenerCount--;
    }

    private void Settle() => Volatile.Write(ref _settledBox, new SettledBox(new FeedPlace(Name, _epoch, _sequence)));
}
