namespace EmbeddedOrleans.Tests.State;

internal sealed class StateGrain(
    [PersistentState("first")] IPersistentState<Counted> first,
    [PersistentState("second", "memory")] IPersistentState<Counted> second) : Grain, IStateGrain
{
    private string _seenAtActivation = "";

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _seenAtActivation = string.Join(',', first.State.Names);
        return Task.CompletedTask;
    }

    public async Task AddAsync(string name)
    {
        Add(name);
        await first.WriteStateAsync();
    }

    public Task AddUnsavedAsync(string name)
    {
        Add(name);
        return Task.CompletedTask;
    }

    public Task ClearAsync() => first.ClearStateAsync();

    public Task<string> ReadAsync() => Task.FromResult(
        $"{string.Join(',', first.State.Names)}|{first.RecordExists}|{first.Etag is not null}|at start:{_seenAtActivation}|{second.State.Count}");

    public async Task<string> ReadAgainAsync()
    {
        await first.ReadStateAsync();
        return await ReadAsync();
    }

    public Task WriteInterleavedAsync(string name)
    {
        Add(name);
        return first.WriteStateAsync();
    }

    public async Task AddToBothAsync(string name)
    {
        await AddAsync(name);
        second.State.Count++;
        await second.WriteStateAsync();
    }

    private void Add(string name)
    {
        first.State.Count++;
        first.State.Names.Add(name);
    }
}
