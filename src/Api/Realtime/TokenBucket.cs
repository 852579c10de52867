namespace Waqtor.Api.Realtime;

/// <summary>So many at once, and so many more each second. Not thread-safe.</summary>
internal sealed class TokenBucket
{
    private readonly double _max;
    private readonly double _perSecond;
    private double _tokens;
    private long _at;

    public TokenBucket(double max, double perSecond, long now) => (_max, _perSecond, _tokens, _at) = (max, perSecond, max, now);

    public bool TryTake(double count, TimeProvider clock)
    {
        var now = clock.GetTimestamp();
        _tokens = Math.Min(_max, _tokens + (clock.GetElapsedTime(_at, now).TotalSeconds * _perSecond));
        _at = now;
        if (_tokens < count) return false;
        _tokens -= count;
        return true;
    }

    /// <summary>True when nothing was taken that has not come back.</summary>
    public bool IsFull(TimeProvider clock) => TryTake(0, clock) && _tokens >= _max;
}
