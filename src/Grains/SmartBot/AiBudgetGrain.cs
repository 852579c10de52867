namespace Waqtor.SmartBot;

/// <inheritdoc cref="IAiBudgetGrain" />
[GrainType("ai-budget")]
public sealed class AiBudgetGrain(
    [PersistentState("ai-budget", GrainStorageNames.Waqtor)] IPersistentState<AiBudgetState> state, TimeProvider clock) : Grain, IAiBudgetGrain
{
    public async Task<bool> TryTakeAsync(int dailyBudget)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        if (state.State.Day != today) (state.State.Day, state.State.Taken) = (today, 0);
        if (state.State.Taken >= dailyBudget) return false;
        state.State.Taken++;
        await state.WriteOrForgetAsync(this);
        return true;
    }
}
