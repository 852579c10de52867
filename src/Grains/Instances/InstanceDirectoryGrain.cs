using System.Collections.Immutable;

namespace Waqtor.Instances;

/// <inheritdoc cref="IInstanceDirectoryGrain" />
[GrainType("instance-directory")]
public sealed class InstanceDirectoryGrain(
    [PersistentState("directory", GrainStorageNames.Waqtor)] IPersistentState<InstanceDirectoryState> state)
    : Grain, IInstanceDirectoryGrain
{
    private ImmutableArray<InstanceEntry>? _list;

    public Task<ImmutableArray<InstanceEntry>> ListAsync() => Task.FromResult(
        _list ??= [.. state.State.Entries.Values.OrderBy(entry => entry.Name, StringComparer.Ordinal)]);

    public async Task PutAsync(InstanceEntry entry)
    {
        if (state.State.Entries.TryGetValue(entry.Name, out var current) && current.Version >= entry.Version) return;
        state.State.Entries[entry.Name] = entry;
        await WriteAsync();
    }

    public async Task RemoveAsync(string name)
    {
        if (!state.State.Entries.Remove(name)) return;
        await WriteAsync();
    }

    private async Task WriteAsync()
    {
        _list = null;
        await state.WriteOrForgetAsync(this);
    }
}
