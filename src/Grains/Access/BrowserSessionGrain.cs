namespace Waqtor.Access;

/// <inheritdoc cref="IBrowserSessionGrain" />
[GrainType("browser-session")]
public sealed class BrowserSessionGrain(
    [PersistentState("browser-session", GrainStorageNames.Waqtor)] IPersistentState<BrowserSessionState> state, TimeProvider clock) : Grain, IBrowserSessionGrain, IRemindable
{
    private const string ExpiryReminder = "expiry";
    private static readonly TimeSpan ExpiryRetry = TimeSpan.FromHours(1);

    public async Task OpenAsync(BrowserSession session)
    {
        var lifetime = session.ExpiresAt - clock.GetUtcNow();
        // Reminder before state: a tick without state removes itself, state without a tick would stay for ever.
        await this.RegisterOrUpdateReminder(ExpiryReminder, lifetime > TimeSpan.Zero ? lifetime : TimeSpan.Zero, ExpiryRetry);
        state.State.Session = session;
        await state.WriteOrForgetAsync(this);
    }

    public Task<BrowserSession?> GetAsync() => Task.FromResult(IsOver ? null : state.State.Session);

    public Task CloseAsync() => state.State.Session is null ? Task.CompletedTask : ForgetAsync();

    public Task ReceiveReminder(string reminderName, TickStatus status) => IsOver ? ForgetAsync() : Task.CompletedTask;

    private bool IsOver => !(state.State.Session?.ExpiresAt > clock.GetUtcNow());

    private async Task ForgetAsync()
    {
        await state.ClearOrForgetAsync(this);
        if (await this.GetReminder(ExpiryReminder) is { } reminder) await this.UnregisterReminder(reminder);
        DeactivateOnIdle();
    }
}
