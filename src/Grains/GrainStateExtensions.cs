namespace Waqtor;

/// <summary>Writing state so that nothing undurable is ever seen.</summary>
public static class GrainStateExtensions
{
    /// <summary>
    /// Writes the state. When that fails, what is in memory may never have happened: the activation goes, and the next
    /// one reads what the store has.
    /// </summary>
    /// <param name="state">The state.</param>
    /// <param name="grain">Whose state it is.</param>
    /// <param name="beside">Work that must be durable as well before anybody is told, such as a reminder; already begun.</param>
    public static async Task WriteOrForgetAsync<TState>(
        this IPersistentState<TState> state, IGrainBase grain, Task? beside = null)
    {
        try
        {
            await Task.WhenAll(state.WriteStateAsync(), beside ?? Task.CompletedTask);
        }
        catch
        {
            grain.DeactivateOnIdle();
            throw;
        }
    }

    /// <summary>Clears the state, with the same care as <see cref="WriteOrForgetAsync"/>.</summary>
    public static async Task ClearOrForgetAsync<TState>(this IPersistentState<TState> state, IGrainBase grain)
    {
        try
        {
            await state.ClearStateAsync();
        }
        catch
        {
            grain.DeactivateOnIdle();
            throw;
        }
    }
}
