using System.Collections.Immutable;

namespace Waqtor.Sending;

/// <summary>
/// How many contacts an instance wrote to outside their service window within the last 24 hours, and how many it may. Counted by
/// slices of ten minutes, so that it stays small whatever the limit is: a contact counts for 24 hours and up to ten minutes.
/// </summary>
internal sealed class DailyContacts
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);
    private static readonly TimeSpan SliceLength = TimeSpan.FromMinutes(10);

    private readonly SortedDictionary<long, int> _slices = [];
    private int _total;

    /// <param name="limit">Contacts in 24 hours, 1 and up.</param>
    /// <param name="kept">What an earlier life counted.</param>
    /// <param name="now">The time.</param>
    public DailyContacts(int limit, IEnumerable<ContactSlice> kept, DateTimeOffset now)
    {
        Limit = limit;
        // The clock may have been set back since: nothing counts longer than if it had happened now.
        foreach (var slice in kept) Add(Math.Min(slice.Number, NumberOf(now)), slice.Contacts);
    }

    public int Limit { get; set; }

    /// <summary>Oldest first.</summary>
    public ImmutableArray<ContactSlice> Slices => [.. _slices.Select(slice => new ContactSlice(slice.Key, slice.Value))];

    public bool HasRoom(DateTimeOffset now) => RoomAt(now) <= now;

    /// <summary>When one more contact may be written to: <paramref name="now"/> when it may already.</summary>
    public DateTimeOffset RoomAt(DateTimeOffset now)
    {
        Forget(now);
        var left = _total;
        var at = now;
        foreach (var (number, contacts) in _slices)
        {
            if (left < Limit) break;
            left -= contacts;
            at = EndOf(number);
        }

        return at;
    }

    /// <summary>True while a contact that was written to then is still among those counted.</summary>
    public static bool IsCounted(DateTimeOffset? writtenAt, DateTimeOffset now) =>
        // A time to come is of a clock that was set back since; nodes' clocks may be a little apart.
        writtenAt is { } at && at <= now + SliceLength && EndOf(NumberOf(at)) > now;

    /// <summary>Counts a contact that is written to; one that was written to within the day is counted anew and not twice.</summary>
    public void Count(DateTimeOffset? writtenAt, DateTimeOffset now)
    {
        Forget(now);
        if (IsCounted(writtenAt, now) && _slices.GetValueOrDefault(NumberOf(writtenAt!.Value)) > 0) Add(NumberOf(writtenAt.Value), -1);
        Add(NumberOf(now), 1);
    }

    private static long NumberOf(DateTimeOffset at) => at.UtcTicks / SliceLength.Ticks;

    private static DateTimeOffset EndOf(long number) => new DateTimeOffset((number + 1) * SliceLength.Ticks, TimeSpan.Zero) + Day;

    private void Forget(DateTimeOffset now)
    {
        while (_slices.Count > 0 && _slices.First() is var (number, contacts) && EndOf(number) <= now) Add(number, -contacts);
    }

    private void Add(long number, int contacts)
    {
        _total += contacts;
        var sum = _slices.GetValueOrDefault(number) + contacts;
        if (sum == 0) _slices.Remove(number);
        else _slices[number] = sum;
    }
}
