using System.Collections.Concurrent;
using System.Text.Json;
using Orleans.Storage;

namespace Waqtor.Grains.Tests.Cluster;

/// <summary>Grain storage that outlives a silo, can be looked into and can fail. State passes through the JSON of the real stores.</summary>
internal sealed class TestStorage : IGrainStorage
{
    private readonly ConcurrentDictionary<(string Grain, string Name), (string Json, string ETag)> _states = new();
    private int _version;

    /// <summary>Asked before each write or deletion, with the grain's type and key; true: it fails.</summary>
    public Func<string, bool> Fails { get; set; } = _ => false;

    /// <summary>The stored JSON of a grain such as <c>instance/shop</c>. Null: nothing is stored.</summary>
    public string? Find(string grain) => _states.FirstOrDefault(state => state.Key.Grain == grain).Value.Json;

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var found = _states.TryGetValue((grainId.ToString(), stateName), out var stored);
        grainState.State = found ? JsonSerializer.Deserialize<T>(stored.Json, GrainStateJson.StoreOptions) : Activator.CreateInstance<T>();
        grainState.ETag = found ? stored.ETag : null;
        grainState.RecordExists = found;
        return Task.CompletedTask;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var json = JsonSerializer.Serialize(grainState.State, GrainStateJson.StoreOptions);
        // A real store answers later: whatever a grain shows meanwhile is not durable yet.
        await Task.Yield();
        Check(stateName, grainId, grainState);
        grainState.ETag = Interlocked.Increment(ref _version).ToString(System.Globalization.CultureInfo.InvariantCulture);
        grainState.RecordExists = true;
        _states[(grainId.ToString(), stateName)] = (json, grainState.ETag);
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await Task.Yield();
        Check(stateName, grainId, grainState);
        _states.TryRemove((grainId.ToString(), stateName), out _);
        grainState.State = Activator.CreateInstance<T>();
        grainState.ETag = null;
        grainState.RecordExists = false;
    }

    private void Check<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (Fails(grainId.ToString())) throw new IOException($"The store fails for {grainId}, as the test asked.");
        var stored = _states.TryGetValue((grainId.ToString(), stateName), out var state) ? state.ETag : null;
        if (stored != grainState.ETag) throw new InconsistentStateException($"{grainId} was changed.", stored, grainState.ETag);
    }
}
