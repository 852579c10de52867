using System.Collections.Immutable;

namespace Waqtor.Sending;

/// <inheritdoc cref="IDailyContactsGrain" />
[GrainType("daily-contacts")]
public sealed class DailyContactsGrain(
    [PersistentState("daily-contacts", GrainStorageNames.Waqtor)] IPersistentState<DailyContactsState> state) : Grain, IDailyContactsGrain
{
    public Task<ImmutableArray<ContactSlice>> ReadAsync() => Task.FromResult<ImmutableArray<ContactSlice>>([.. state.State.Slices]);

    public Task KeepAsync(ImmutableArray<ContactSlice> slices)
    {
        state.State.Slices = [.. slices];
        return state.WriteOrForgetAsync(this);
    }
}
