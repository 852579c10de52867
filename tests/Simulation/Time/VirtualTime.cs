namespace Waqtor.Simulation.Time;

/// <summary>
/// The one time line of a run. Whatever shall happen later (timers, ends of I/O, actions of people) lies here in order
/// of its time; things of the same instant come in an order that the seed decides.
/// </summary>
internal sealed class VirtualTime(SeededRandom random)
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private readonly PriorityQueue<Action, (long At, ulong Order)> _events = new();

    /// <summary>What has really passed since the start.</summary>
    public TimeSpan Now { get; private set; }

    /// <summary>How far the machine's clock has been set off.</summary>
    public TimeSpan WallShift { get; set; }

    public DateTimeOffset Wall => Start + Now + WallShift;

    public bool HasEventNow => _events.TryPeek(out _, out var key) && key.At <= Now.Ticks;

    public void After(TimeSpan delay, Action action) => At(Now + delay, action);

    public void At(TimeSpan time, Action action) =>
        _events.Enqueue(action, (Math.Max(time.Ticks, Now.Ticks), random.Next64()));

    /// <summary>Goes to the next event and runs it; false: there is none up to <paramref name="end"/>.</summary>
    public bool RunNext(TimeSpan end)
    {
        if (!_events.TryPeek(out _, out var key) || key.At > end.Ticks)
        {
            if (Now < end) Now = end;
            return false;
        }

        var action = _events.Dequeue();
        if (key.At > Now.Ticks) Now = TimeSpan.FromTicks(key.At);
        action();
        return true;
    }
}
