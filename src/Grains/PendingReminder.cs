namespace Waqtor;

/// <summary>
/// Wakes a grain that a crash left with unfinished work (events to tell, another grain to inform), which nobody might
/// otherwise call again.
/// </summary>
/// <remarks>
/// <see cref="EnsureAsync"/> comes before or beside the write that makes the work durable, and in any case before the
/// caller is answered: a tick without work removes the reminder, work without a reminder would wait for a caller who
/// may never come. Ticks come every minute until one
/// finds nothing left to do; timers and the outbox do the work promptly, this only survives.
/// </remarks>
public sealed class PendingReminder(Grain grain)
{
    public const string Name = "pending";

    // The shortest period that Orleans allows.
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private bool _isSet;

    public async Task EnsureAsync()
    {
        if (_isSet) return;
        await grain.RegisterOrUpdateReminder(Name, Period, Period);
        _isSet = true;
    }

    public async Task RemoveAsync()
    {
        _isSet = false;
        if (await grain.GetReminder(Name) is { } reminder) await grain.UnregisterReminder(reminder);
    }
}
