namespace Waqtor.Sending;

/// <summary>
/// Who of an instance's waiting messages is next, and when: persons, then the bot, then campaigns; first come, first
/// served within a class; one message of a conversation at a time; the platform's limits. An order in memory: the
/// messages are durable in their conversations. Who would be one contact too many for the day waits, and holds up nobody else.
/// </summary>
internal sealed class OutboundQueue(SendingOptions options, bool limitsPairs)
{
    private const int BeginFailuresMax = 10;
    private static readonly TimeSpan BeginRetry = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, OutboundLane> _lanes = new(StringComparer.Ordinal);
    private readonly HashSet<string> _waiting = new(StringComparer.Ordinal);
    private readonly SortedDictionary<(int Class, long Sequence), OutboundLane> _ready = [];
    private readonly SortedDictionary<(int Class, long Sequence), OutboundLane> _held = [];
    private readonly SortedDictionary<(DateTimeOffset At, long Sequence), OutboundLane> _sleeping = [];
    private readonly Queue<OutboundTurn> _turns = new();

    // A tenth of a second's worth may go at once: a full second's would let nearly twice the limit through.
    private readonly TokenBucket _number = new(
        Math.Max(1, options.MessagesPerSecond / 10), TimeSpan.FromSeconds(1.0 / options.MessagesPerSecond));

    // What comes in takes no more than four fifths: a flood of it must not silence the number altogether.
    private readonly TokenBucket _inbound = new(
        Math.Max(1, options.MessagesPerSecond / 10), TimeSpan.FromSeconds(1.25 / options.MessagesPerSecond));

    private long _sequence;

    public int Waiting => _waiting.Count;

    public int InFlight { get; private set; }

    public DateTimeOffset? PausedUntil { get; private set; }

    /// <summary>Null: there is no daily limit.</summary>
    public DailyContacts? Contacts { get; private set; }

    public bool IsEmpty => _lanes.Count == 0;

    /// <summary>False: full. A message that waits already keeps its place; one that is just getting its turn changes nothing.</summary>
    public bool Add(SendTicket ticket, DateTimeOffset now)
    {
        if (_waiting.Contains(ticket.MessageId))
        {
            Renew(ticket, now);
            return true;
        }

        if (_waiting.Count >= options.QueueTicketsMax) return false;
        var lane = Lane(ticket.ConversationId);
        if (lane.Turn is { } turn && turn.Ticket.MessageId == ticket.MessageId)
        {
            if (!turn.Accepted) return true;
            // Its conversation asks anew, so the turn it had is over, whatever became of the word that ended it.
            Release(turn);
        }

        _waiting.Add(ticket.MessageId);
        lane.Add(new OutboundEntry(ticket, ++_sequence));
        Place(lane, now);
        return true;
    }

    /// <summary>Sets or takes away the daily limit.</summary>
    public void LimitContacts(DailyContacts? contacts, DateTimeOffset now)
    {
        Contacts = contacts;
        foreach (var lane in _lanes.Values.ToArray()) Place(lane, now);
    }

    /// <summary>How many conversations wait for the daily limit, and when the next may go; 0 and null: none does.</summary>
    public (int Conversations, DateTimeOffset? FreeAt) WaitingForDay(DateTimeOffset now) =>
        _held.Count > 0 && Contacts!.RoomAt(now) is var at && at > now ? (_held.Count, at) : (0, null);

    /// <summary>Gives the turns that may be given now.</summary>
    public IReadOnlyList<OutboundTurn> Take(DateTimeOffset now)
    {
        if (PausedUntil <= now) PausedUntil = null;
        while (_sleeping.Count > 0 && _sleeping.First() is var (key, lane) && key.At <= now) Place(lane, now);
        var given = new List<OutboundTurn>();
        while (PausedUntil is null && InFlight < options.InFlightMax && First(now) is { } first && _number.TryTake(now))
        {
            given.Add(Give(first, now));
        }

        return given;
    }

    /// <summary>Messages that came in take of the same limit as those that go out.</summary>
    public void CountInbound(int messages, DateTimeOffset now)
    {
        while (messages-- > 0 && _inbound.TryTake(now)) _number.Take(now);
    }

    /// <summary>The turns that nobody ended in time. Their conversations ask again if they still have to.</summary>
    public IReadOnlyList<SendTicket> TakeBack(DateTimeOffset now)
    {
        var taken = new List<SendTicket>();
        while (_turns.TryPeek(out var turn) && (turn.Lane.Turn != turn || turn.TakenBackAt <= now))
        {
            _turns.Dequeue();
            if (turn.Lane.Turn != turn) continue;
            taken.Add(turn.Ticket);
            Release(turn);
            Place(turn.Lane, now);
        }

        return taken;
    }

    /// <summary>The conversation could not be told of its turn: the ticket goes back to the front, for a while. False: given up.</summary>
    public bool Return(OutboundTurn turn, DateTimeOffset now)
    {
        if (turn.Lane.Turn != turn) return true;
        Release(turn);
        var again = turn.Entry.Failures + 1 < BeginFailuresMax;
        if (again && _waiting.Add(turn.Ticket.MessageId))
        {
            turn.Lane.PutBack(turn.Entry with
            {
                NotBefore = now + BeginRetry,
                Failures = turn.Entry.Failures + 1,
            });
        }

        Place(turn.Lane, now);
        return again;
    }

    public void End(string conversationId, string messageId, DateTimeOffset now)
    {
        if (!_lanes.TryGetValue(conversationId, out var lane) || lane.Turn is not { } turn) return;
        if (turn.Ticket.MessageId != messageId) return;
        Release(turn);
        Place(lane, now);
    }

    /// <summary>Nobody sends before then; a later time that was set before stays.</summary>
    public void Pause(DateTimeOffset until)
    {
        if (PausedUntil is null || until > PausedUntil) PausedUntil = until;
    }

    /// <summary>When there is something to do; null: not before somebody calls.</summary>
    public DateTimeOffset? NextAt(DateTimeOffset now)
    {
        DateTimeOffset? next = null;
        if (InFlight < options.InFlightMax)
        {
            if (_ready.Count > 0 || (_held.Count > 0 && Contacts!.HasRoom(now))) next = _number.NextAt(now);
            else if (_sleeping.Count > 0) next = _sleeping.First().Key.At;
            if (WaitingForDay(now).FreeAt is { } freeAt && (next is null || freeAt < next)) next = freeAt;
            if (next < PausedUntil) next = PausedUntil;
        }

        return _turns.TryPeek(out var turn) && (next is null || turn.TakenBackAt < next) ? turn.TakenBackAt : next;
    }

    /// <summary>Forgets conversations of which nothing is left to remember.</summary>
    public void Sweep(DateTimeOffset now)
    {
        foreach (var lane in _lanes.Values.Where(lane => IsDone(lane, now)).ToArray()) _lanes.Remove(lane.ConversationId);
    }

    private static bool IsDone(OutboundLane lane, DateTimeOffset now) =>
        lane.Turn is null && !lane.HasTickets && lane.PairBucket?.IsFull(now) != false;

    private OutboundLane Lane(string conversationId)
    {
        if (_lanes.TryGetValue(conversationId, out var lane)) return lane;
        lane = new OutboundLane(conversationId, limitsPairs
            ? new TokenBucket(options.PairBurstMessages, TimeSpan.FromSeconds(options.PairRefillSeconds))
            : null);
        _lanes.Add(conversationId, lane);
        return lane;
    }

    private OutboundTurn Give(OutboundLane lane, DateTimeOffset now)
    {
        var entry = lane.Take((lane.ReadyKey ?? lane.HeldKey)!.Value.Class);
        var isCounted = Contacts is not null && IsOutsideWindow(entry, now);
        if (isCounted)
        {
            Contacts!.Count(entry.CountedAt, now);
            entry = entry with { CountedAt = now };
        }

        _waiting.Remove(entry.Ticket.MessageId);
        lane.PairBucket?.TryTake(now);
        var turn = new OutboundTurn(lane, entry, now + TimeSpan.FromSeconds(options.TurnTimeoutSeconds)) { IsCounted = isCounted };
        lane.Turn = turn;
        _turns.Enqueue(turn);
        InFlight++;
        Place(lane, now);
        return turn;
    }

    private void Release(OutboundTurn turn)
    {
        turn.Lane.Turn = null;
        InFlight--;
    }

    // Who may go next; null: nobody.
    private OutboundLane? First(DateTimeOffset now)
    {
        // A window may have ended while its message was ready.
        while (Contacts is not null && _ready.Count > 0 && _ready.First().Value is var lane && NeedsRoom(lane.Next(now)!, now)) Place(lane, now);
        var held = _held.Count > 0 && Contacts!.HasRoom(now) ? _held.First() : default;
        if (_ready.Count == 0) return held.Value;
        var ready = _ready.First();
        return held.Value is null || ready.Key.CompareTo(held.Key) < 0 ? ready.Value : held.Value;
    }

    // The contact may have written meanwhile.
    private void Renew(SendTicket ticket, DateTimeOffset now)
    {
        if (!_lanes.TryGetValue(ticket.ConversationId, out var lane)) return;
        lane.Renew(ticket);
        if (lane.HeldKey is not null) Place(lane, now);
    }

    private bool NeedsRoom(OutboundEntry entry, DateTimeOffset now) =>
        Contacts is not null && IsOutsideWindow(entry, now) && !DailyContacts.IsCounted(entry.CountedAt, now);

    private static bool IsOutsideWindow(OutboundEntry entry, DateTimeOffset now) => !(entry.Ticket.WindowEndsAt > now);

    // A lane is ready, held, sleeps until a time, or, while it has its turn or nothing to send, is in none of them.
    private void Place(OutboundLane lane, DateTimeOffset now)
    {
        if (lane.ReadyKey is { } ready) _ready.Remove(ready);
        if (lane.HeldKey is { } held) _held.Remove(held);
        if (lane.WaitKey is { } wait) _sleeping.Remove(wait);
        lane.ReadyKey = null;
        lane.HeldKey = null;
        lane.WaitKey = null;
        if (lane.Turn is not null) return;
        if (lane.Next(now) is not { } entry)
        {
            if (IsDone(lane, now)) _lanes.Remove(lane.ConversationId);
            return;
        }

        var at = lane.PairBucket?.NextAt(now) ?? now;
        if (entry.NotBefore > at) at = entry.NotBefore;
        if (at <= now && NeedsRoom(entry, now))
        {
            lane.HeldKey = (OutboundLane.ClassOf(entry.Ticket), entry.Sequence);
            _held.Add(lane.HeldKey.Value, lane);
        }
        else if (at <= now)
        {
            lane.ReadyKey = (OutboundLane.ClassOf(entry.Ticket), entry.Sequence);
            _ready.Add(lane.ReadyKey.Value, lane);
        }
        else
        {
            lane.WaitKey = (at, entry.Sequence);
            _sleeping.Add(lane.WaitKey.Value, lane);
        }
    }
}
