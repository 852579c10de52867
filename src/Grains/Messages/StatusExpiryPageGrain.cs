namespace Waqtor.Messages;

/// <inheritdoc cref="IStatusExpiryPageGrain" />
[GrainType("status-expiry-page")]
[CollectionAgeLimit(Minutes = 1)]
public sealed class StatusExpiryPageGrain(
    [PersistentState("page", GrainStorageNames.Waqtor)] IPersistentState<StatusExpiryPageState> state) : Grain, IStatusExpiryPageGrain
{
    public Task KeepAsync(StatusExpiryPage page)
    {
        state.State.Page = page;
        return state.WriteOrForgetAsync(this);
    }

    public Task<StatusExpiryPage?> ReadAsync() => Task.FromResult(state.State.Page);

    public Task ClearAsync() => state.RecordExists ? state.ClearOrForgetAsync(this) : Task.CompletedTask;
}
