namespace Waqtor.Timing;

/// <summary>
/// The time of one activation: the wall clock as it was, and from there on only what has really passed. Deadlines that
/// are made and compared with it keep their length when somebody sets the machine's clock.
/// </summary>
public sealed class SteadyClock
{
    private readonly TimeProvider _clock;
    private DateTimeOffset _anchor;
    private long _anchoredAt;

    public SteadyClock(TimeProvider clock)
    {
        _clock = clock;
        FollowWall();
    }

    public DateTimeOffset Now => _anchor + _clock.GetElapsedTime(_anchoredAt);

    /// <summary>Takes the wall clock's word again. Only while nothing waits for a time of this clock.</summary>
    public void FollowWall()
    {
        _anchor = _clock.GetUtcNow();
        _anchoredAt = _clock.GetTimestamp();
    }
}
