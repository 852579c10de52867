namespace EmbeddedOrleans.Calls;

/// <summary>
/// The open requests that share one response timeout, oldest first. Because they share it the oldest is always the next
/// to expire, so one timer serves them all and an answered request costs two link changes.
/// </summary>
internal sealed class TimeoutLane
{
    private readonly TimeProvider _clock;
    private readonly TimeSpan _timeout;
    private readonly Action<GrainRequest, TimeSpan> _expired;
    private readonly long _timeoutTicks;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private GrainRequest? _oldest;
    private GrainRequest? _newest;
    private bool _armed;

    public TimeoutLane(TimeProvider clock, TimeSpan timeout, Action<GrainRequest, TimeSpan> expired)
    {
        _clock = clock;
        _timeout = timeout;
        _expired = expired;
        _timeoutTicks = (long)(timeout.TotalSeconds * clock.TimestampFrequency);
        using (ExecutionContext.SuppressFlow())
        {
            _timer = clock.CreateTimer(
                static self =>
                    ((TimeoutLane)self!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    public void Add(GrainRequest request)
    {
        request.Deadline = _clock.GetTimestamp() + _timeoutTicks;
        lock (_gate)
        {
            request.Lane = this;
            request.LanePrevious = _newest;
            if (_newest is null)
            {
                _oldest = request;
            }
            else
            {
                _newest.LaneNext = request;
            }

            _newest = request;
            if (_armed) return;
            _armed = true;
        }

        _timer.Change(_timeout, Timeout.InfiniteTimeSpan);
    }

    public void Remove(GrainRequest request)
    {
        lock (_gate) Unlink(request);
    }

    public List<GrainRequest> RemoveAll()
    {
        List<GrainRequest> removed = [];
        lock (_gate)
        {
            while (_oldest is { } request)
            {
                removed.Add(request);
                Unlink(request);
            }
        }

        return removed;
    }

    private void OnTimer()
    {
        List<GrainRequest>? late = null;
        var now = _clock.GetTimestamp();
        lock (_gate)
        {
            while (_oldest is { } request && request.Deadline <= now)
            {
                (late ??= []).Add(request);
                Unlink(request);
            }

            _armed = _oldest is not null;
            if (_oldest is not null)
            {
                var rest = _clock.GetElapsedTime(now, _oldest.Deadline);
                _timer.Change(RoundUp(rest), Timeout.InfiniteTimeSpan);
            }
        }

        if (late is null) return;
        foreach (var request in late) _expired(request, _timeout);
    }

    // Timers count whole milliseconds; rounding down would wake too early and spin.
    private static TimeSpan RoundUp(TimeSpan span) => TimeSpan.FromMilliseconds(Math.Ceiling(span.TotalMilliseconds));

    private void Unlink(GrainRequest request)
    {
        if (request.Lane is null) return;

        request.Lane = null;
        if (request.LanePrevious is null)
        {
            _oldest = request.LaneNext;
        }
        else
        {
            request.LanePrevious.LaneNext = request.LaneNext;
        }

        if (request.LaneNext is null)
        {
            _newest = request.LanePrevious;
        }
        else
        {
            request.LaneNext.LanePrevious = request.LanePrevious;
        }

        request.LanePrevious = request.LaneNext = null;
    }
}
