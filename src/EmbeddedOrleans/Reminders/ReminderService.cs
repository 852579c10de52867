using EmbeddedOrleans.Calls;
using EmbeddedOrleans.Diagnostics;
using EmbeddedOrleans.Hosting;
using EmbeddedOrleans.Scheduling;
using EmbeddedOrleans.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Runtime;

namespace EmbeddedOrleans.Reminders;

/// <summary>
/// Delivers ticks: one timer for all reminders, a bounded number of deliveries at a time, and no second tick of a
/// reminder before the first has ended. After deliveries the time up to which all ticks are done is stored now and
/// then; at the next start a reminder with a tick between that time and now is overdue and fires at once. Orleans
/// would let such a tick pass; see the README.
/// </summary>
internal sealed class ReminderService : ITurn, IDisposable
{
    private static readonly TimeSpan ProgressDelay = TimeSpan.FromSeconds(5);

    // A timer cannot be set further ahead than this; waking up for nothing once a month does no harm.
    private static readonly TimeSpan SleepMax = TimeSpan.FromDays(30);

    private readonly GrainRuntime _runtime;
    private readonly IReminderStore? _store;
    private readonly ReminderMetrics _metrics;
    private readonly TurnScheduler _turns;
    private readonly HashSet<Reminder> _delivering = [];
    private readonly ITimer _timer;
    private readonly ITimer _progressTimer;
    private readonly int _deliveriesMax;
    private TaskCompletionSource? _drained;
    private bool _isRunning;
    private bool _progressArmed;

    public ReminderService(
        GrainRuntime runtime,
        ReminderMetrics metrics,
        IOptions<EmbeddedSiloOptions> options,
        IReminderStore? store = null)
    {
        _runtime = runtime;
        _store = store;
        _metrics = metrics;
        _deliveriesMax = options.Value.ReminderDeliveriesMax;
        _turns = new TurnScheduler(runtime.Work, activation: null);
        using (ExecutionContext.SuppressFlow())
        {
            _timer = runtime.Clock.CreateTimer(
                static self => ((ReminderService)self!).Wake(),
                this,
                Timeout.InfiniteTimeSpan,
                Timeout.InfiniteTimeSpan);
            _progressTimer = runtime.Clock.CreateTimer(
                static self => (
                    (ReminderService)self!).OnProgressTime(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        metrics.ObserveCount(() => Schedule.Count);
    }

    public ReminderSchedule Schedule { get; } = new();

    public IReminderStore Store =>
        _store ?? throw new ReminderException(
            "No reminder store is configured; use UseEmbeddedStore or UseInMemoryReminderService.");

    private DateTime Now => _runtime.Clock.GetUtcNow().UtcDateTime;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_store is not null)
        {
            var snapshot = await _store.ReadRemindersAsync(cancellationToken);
            var now = Now;
            var overdue = 0;
            foreach (var stored in snapshot.Reminders)
            {
                var reminder = new Reminder(stored.ByClockOf(now));
                var isOverdue = reminder.LastTickUpTo(
                    now) is { } last && last > (snapshot.DeliveredUpTo ?? DateTime.MinValue);
                reminder.DueAt = isOverdue ? reminder.LastTickUpTo(now)!.Value : reminder.FirstTickAfter(now);
                overdue += isOverdue ? 1 : 0;
                Schedule.Put(reminder);
            }

            if (Schedule.Count > 0) _runtime.Log.RemindersLoaded(Schedule.Count, overdue);
        }

        _isRunning = true;
        Wake();
    }

    /// <summary>No further ticks; waits for those under way.</summary>
    public Task StopAsync() => _turns.RunAsync(async () =>
    {
        _isRunning = false;
        _drained = new TaskCompletionSource();
        if (_delivering.Count == 0) _drained.TrySetResult();
        await _drained.Task.WaitAsync(_runtime.Collection.DeactivationTimeout, _runtime.Clock)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        if (_progressArmed) await StoreProgressAsync();
    });

    /// <summary>A reminder was registered, or time has come.</summary>
    public void Wake() => _turns.Enqueue(this);

    public void Dispose()
    {
        _timer.Dispose();
        _progressTimer.Dispose();
    }

    void ITurn.Run()
    {
        if (!_isRunning) return;

        var now = Now;
        DateTime? nextDueAt = null;
        // A silo that stops refuses a tick as it does a client's call: what is due now comes at the next start.
        while (_runtime.AcceptsClients && _delivering.Count < _deliveriesMax)
        {
            if (Schedule.TakeDue(now, out nextDueAt) is not { } reminder) break;

            _delivering.Add(reminder);
            _ = DeliverAsync(reminder, now);
        }

        // With all hands full the end of a delivery wakes us.
        if (_delivering.Count >= _deliveriesMax || nextDueAt is not { } dueAt) return;

        var sleep = TimeSpan.FromMilliseconds(Math.Ceiling((dueAt - now).TotalMilliseconds));
        _timer.Change(sleep < SleepMax ? sleep : SleepMax, Timeout.InfiniteTimeSpan);
    }

    private async Task DeliverAsync(Reminder reminder, DateTime now)
    {
        var stored = reminder.Stored;
        var isOk = true;
        var isRefused = false;
        _metrics.OnTick(now - reminder.DueAt);
        try
        {
            var grain = (IRemindable)(object)_runtime.CreateReference(stored.GrainId, typeof(IRemindable));
            await grain.ReceiveReminder(stored.Name, new TickStatus(stored.StartAt, stored.Period, now));
        }
        catch (SiloUnavailableException) when (!_runtime.AcceptsClients)
        {
            // The silo stops: as long as this tick is open, no later one is stored as done.
            isRefused = true;
        }
        catch (Exception exception)
        {
            // The grain's failure is its own; the reminder stays and the next tick is the retry.
            isOk = false;
            _runtime.Log.ReminderFailed(exception, stored.GrainId, stored.Name);
        }

        if (!isRefused) _metrics.OnDelivered(isOk);
        var wasFull = _delivering.Count >= _deliveriesMax;
        _delivering.Remove(reminder);
        Schedule.Requeue(reminder, isRefused ? reminder.DueAt : reminder.FirstTickAfter(Now));
        ArmProgress();
        if (_delivering.Count == 0) _drained?.TrySetResult();
        if (wasFull || !reminder.IsGone) Wake();
    }

    private void ArmProgress()
    {
        if (_progressArmed) return;

        _progressArmed = true;
        _progressTimer.Change(ProgressDelay, Timeout.InfiniteTimeSpan);
    }

    private void OnProgressTime() => _ = _turns.RunAsync(StoreProgressAsync);

    private async Task StoreProgressAsync()
    {
        _progressArmed = false;

        // Ticks that are late but not taken yet are as open as those under way.
        var open = _delivering.Select(r => r.DueAt).Append(Now);
        if (Schedule.NextDueAt is { } nextDueAt) open = open.Append(nextDueAt);
        try
        {
            await Store.WriteDeliveredUpToAsync(open.Min() - TimeSpan.FromTicks(1));
        }
        catch (Exception exception)
        {
            // It is only an optimisation of the next start.
            _runtime.Log.ReminderProgressFailed(exception);
        }
    }
}
