using System.Collections.Immutable;
using Waqtor.Events;

namespace Waqtor.Realtime;

/// <summary>The last events of a topic and their sequence, for one epoch.</summary>
public sealed class TopicHistory(string epoch, TopicOptions options)
{
    private readonly Queue<Kept> _events = new();
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Queue<string> _seenInOrder = new();
    private long _bytes;

    public string Epoch { get; } = epoch;

    public long LastSequence { get; private set; }

    /// <summary>Gives new events their sequence; those whose id was seen are left out.</summary>
    public ImmutableArray<TopicEvent> Add(ImmutableArray<DomainEvent> events, DateTimeOffset now)
    {
        var added = ImmutableArray.CreateBuilder<TopicEvent>(events.Length);
        foreach (var one in events)
        {
            if (!Remember(one.Id)) continue;
            var topicEvent = new TopicEvent(++LastSequence, one);
            var bytes = EventSize.EstimateBytes(one);
            _events.Enqueue(new Kept(topicEvent, bytes, now));
            _bytes += bytes;
            added.Add(topicEvent);
        }

        Trim(now);
        return added.ToImmutable();
    }

    /// <summary>
    /// What came after a cursor, at most <paramref name="limit"/>, oldest first. A cursor of another epoch, or one whose
    /// next event is gone, is not recovered and gets no events: the reader fetches afresh and goes on from
    /// <see cref="TopicPage.LastSequence"/>. Without an epoch: the newest events.
    /// </summary>
    public TopicPage Read(string? epoch, long sequence, int limit, DateTimeOffset now)
    {
        Trim(now);
        limit = Math.Clamp(limit, 0, options.ReadEventsMax);
        if (epoch is null) return Page(recovered: true, _events.Skip(Math.Max(0, _events.Count - limit)));

        var first = LastSequence - _events.Count + 1;
        var recovered = epoch == Epoch && sequence >= first - 1 && sequence <= LastSequence;
        return recovered
            ? Page(true, _events.Skip((int)(sequence - first + 1)).Take(limit))
            : Page(false, []);
    }

    private TopicPage Page(bool recovered, IEnumerable<Kept> events) =>
        new(Epoch, LastSequence, recovered, [.. events.Select(kept => kept.Event)]);

    private bool Remember(string id)
    {
        if (!_seen.Add(id)) return false;
        _seenInOrder.Enqueue(id);
        if (_seenInOrder.Count > options.SeenIdsMax) _seen.Remove(_seenInOrder.Dequeue());
        return true;
    }

    private void Trim(DateTimeOffset now)
    {
        var oldest = now - TimeSpan.FromMinutes(options.HistoryMinutes);
        while (_events.TryPeek(out var kept)
            && (_events.Count > options.HistoryEventsMax || _bytes > options.HistoryBytesMax || kept.At < oldest))
        {
            _events.Dequeue();
            _bytes -= kept.Bytes;
        }
    }

    private sealed record Kept(TopicEvent Event, int Bytes, DateTimeOffset At);
}
