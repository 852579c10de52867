using Orleans;
using Orleans.Runtime;

namespace Waqtor.TestKit.Engines;

/// <summary>
/// The reminders of a test, which outlive its silos. As the program has them on Redis, no silo owns one: what is due goes
/// to the cluster that lives, or waits for the next one, and comes at once then.
/// </summary>
internal sealed class SharedReminders : IDisposable
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly Dictionary<(GrainId Grain, string Name), SharedReminder> _reminders = [];
    private readonly TimeProvider _clock;
    private readonly ITimer _timer;
    private IGrainFactory? _grains;
    private ClusterLife? _life;

    public SharedReminders(TimeProvider clock)
    {
        _clock = clock;
        _timer = clock.CreateTimer(_ => DeliverDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>From here on what is due goes to these grains.</summary>
    public void Begin(IGrainFactory grains, ClusterLife life)
    {
        lock (_gate)
        {
            (_grains, _life) = (grains, life);
            Arm();
        }
    }

    /// <summary>Nobody is there.</summary>
    public void End()
    {
        lock (_gate)
        {
            (_grains, _life) = (null, null);
            Arm();
        }
    }

    public SharedReminder Register(GrainId grain, string name, TimeSpan dueIn, TimeSpan period)
    {
        var now = _clock.GetUtcNow();
        var reminder = new SharedReminder(grain, name, now + dueIn, period) { NextAt = now + dueIn };
        lock (_gate)
        {
            _reminders[(grain, name)] = reminder;
            Arm();
        }

        return reminder;
    }

    public void Remove(SharedReminder reminder)
    {
        lock (_gate)
        {
            if (IsCurrent(reminder)) _reminders.Remove((reminder.GrainId, reminder.ReminderName));
            Arm();
        }
    }

    public SharedReminder? Find(GrainId grain, string name)
    {
        lock (_gate) return _reminders.GetValueOrDefault((grain, name));
    }

    public List<IGrainReminder> List(GrainId grain)
    {
        lock (_gate) return [.. _reminders.Values.Where(reminder => reminder.GrainId == grain)];
    }

    public void Dispose() => _timer.Dispose();

    private bool IsCurrent(SharedReminder reminder) =>
        _reminders.TryGetValue((reminder.GrainId, reminder.ReminderName), out var current) && ReferenceEquals(current, reminder);

    private void Arm()
    {
        if (_grains is null || _reminders.Count == 0)
        {
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return;
        }

        var wait = _reminders.Values.Min(reminder => reminder.NextAt) - _clock.GetUtcNow();
        // Timers count whole milliseconds; one too early would find nothing due.
        _timer.Change(wait > TimeSpan.Zero ? TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)) : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private void DeliverDue()
    {
        lock (_gate)
        {
            if (_grains is not { } grains || _life is not { } life) return;
            var now = _clock.GetUtcNow();
            foreach (var reminder in _reminders.Values.Where(reminder => reminder.NextAt <= now).ToList())
            {
                reminder.NextAt = now + Lease;
                life.Begin();
                _ = DeliverAsync(grains, life, reminder, now);
            }

            Arm();
        }
    }

    private async Task DeliverAsync(IGrainFactory grains, ClusterLife life, SharedReminder reminder, DateTimeOffset now)
    {
        var taken = false;
        try
        {
            // Whoever lets time pass goes on meanwhile.
            await Task.Yield();
            var status = new TickStatus(reminder.StartAt.UtcDateTime, reminder.Period, now.UtcDateTime);
            await grains.GetGrain<IRemindable>(reminder.GrainId).ReceiveReminder(reminder.ReminderName, status, CancellationToken.None);
            taken = true;
        }
        catch (Exception)
        {
            // It comes again, as it does in the program.
        }

        lock (_gate)
        {
            if (IsCurrent(reminder)) reminder.NextAt = taken ? reminder.After(_clock.GetUtcNow()) : _clock.GetUtcNow() + PauseAfterFailure;
            Arm();
        }

        life.Finish();
    }
}
