namespace Waqtor.Conversations;

// The durable half of every promise in time. A reminder may come too early, never too late; what is believed of it is
// only what no failed change and no tick out of time speaks against.
public sealed partial class ConversationGrain
{
    /// <summary>The durable half of every promise in time: wakes the conversation when its timer died with its process.</summary>
    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        // A tick that comes before its time is of an earlier registration, or by a clock that was set; one that comes after a change
        // that failed may be of a reminder that is gone. Then nothing is known of the next.
        _reminderDueAt = _reminderIsInDoubt || _reminderDueAt > _clock.Now ? null : _clock.Now + ReminderPeriod;
        await WakeAsync(CancellationToken.None);
        if (HasNothingToDo) await UnregisterAsync();
    }

    private Task EnsureReminderAsync(DateTimeOffset now)
    {
        if (WakeUps.Next(state.State, options.Value, now) is not { } wakeAt)
        {
            // Any reminder will do for what is still to be told: it ticks every minute until all is.
            if ((state.State.Outbox.Count == 0 && !_mayBeWrittenLate) || _reminderDueAt is not null) return Task.CompletedTask;
            wakeAt = now + ReminderPeriod;
        }

        // What lies at the end of time has no room behind it.
        if (wakeAt > now + ReminderMax) wakeAt = now + ReminderMax;
        var latest = state.State.Buffer is null ? wakeAt + ReminderSlack : wakeAt;
        if (_reminderDueAt is { } due && NextTick(due, now) <= latest) return Task.CompletedTask;
        var delay = wakeAt - now > ReminderSoon ? wakeAt - now : ReminderSoon;
        if (state.State.Buffer is null) delay += ReminderSlack / 2;
        _reminderDueAt = now + delay;
        return _reminding = RegisterAsync(_reminding, now + delay);
    }

    // After the write that made the earlier one needless. Whoever called is not told that all is well before: the reminder that is
    // there may tick too late for what is new, or not be there at all.
    private async Task PutOffReminderAsync(DateTimeOffset now)
    {
        try
        {
            await EnsureReminderAsync(now);
        }
        catch
        {
            SetTimer(TryAgainIn);
            throw;
        }
    }

    // What has ticked goes on to, once a minute.
    private static DateTimeOffset NextTick(DateTimeOffset due, DateTimeOffset now) =>
        due > now ? due : due + (ReminderPeriod * (Math.Floor((now - due) / ReminderPeriod) + 1));

    // One after the other, or the end of an old promise could take the new one with it.
    private async Task RegisterAsync(Task before, DateTimeOffset dueAt)
    {
        if (!before.IsCompleted) await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        try
        {
            var delay = dueAt - _clock.Now;
            await this.RegisterOrUpdateReminder(WorkReminder, delay > TimeSpan.Zero ? delay : TimeSpan.Zero, ReminderPeriod);
            _reminderIsInDoubt = false;
        }
        catch
        {
            // Whoever comes next must not believe in it.
            _reminderDueAt = null;
            _reminderIsInDoubt = true;
            throw;
        }
    }

    private Task UnregisterAsync()
    {
        _reminderDueAt = null;
        return _reminding = RemoveAsync(_reminding);

        async Task RemoveAsync(Task before)
        {
            if (!before.IsCompleted) await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            _reminderIsInDoubt = true;
            if (await this.GetReminder(WorkReminder) is { } reminder) await this.UnregisterReminder(reminder);
            _reminderIsInDoubt = false;
        }
    }
}
