namespace Waqtor.Sending;

/// <summary>
/// A token bucket as the time at which it will be full again (GCRA): whole ticks, so that a wait computed from it is
/// exact and what it lets through can be replayed. Starts full.
/// </summary>
public sealed class TokenBucket
{
    private readonly TimeSpan _interval;
    private readonly TimeSpan _burst;
    private DateTimeOffset _fullAt = DateTimeOffset.MinValue;

    /// <param name="capacity">Tokens when full, 1 and up.</param>
    /// <param name="interval">Time in which one token comes back.</param>
    public TokenBucket(int capacity, TimeSpan interval)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        _interval = interval;
        _burst = interval * (capacity - 1);
    }

    public bool TryTake(DateTimeOffset now)
    {
        if (NextAt(now) > now) return false;
        Take(now);
        return true;
    }

    /// <summary>Takes one for what has happened already, also where there is none: whoever comes next waits the longer.</summary>
    public void Take(DateTimeOffset now) => _fullAt = (IsFull(now) ? now : _fullAt) + _interval;

    /// <summary>When there is a token: <paramref name="now"/> when there is one already.</summary>
    public DateTimeOffset NextAt(DateTimeOffset now)
    {
        if (IsFull(now)) return now;
        var next = _fullAt - _burst;
        return next > now ? next : now;
    }

    public bool IsFull(DateTimeOffset now) => _fullAt <= now;
}
