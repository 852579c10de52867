using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Orleans.Storage;

namespace Waqtor.Grains.Tests.Cluster;

/// <summary>Grain storage that outlives a silo, can be looked into, and can fail, be slow or lose an answer. State passes through the JSON of the real stores.</summary>
internal sealed class TestStorage : IGrainStorage
{
    private readonly ConcurrentDictionary<(string Grain, string Name), (string Json, string ETag)> _states = new();
    private readonly ConcurrentQueue<Func<bool>> _underWay = new();
    private int _version;

    /// <summary>Asked before each write or deletion, with the grain's type and key; true: it fails.</summary>
    public Func<string, bool> Fails { get; set; } = _ => false;

    /// <summary>Awaited before each access, with the grain's type and key.</summary>
    public Func<string, Task> Gate { get; set; } = _ => Task.CompletedTask;

    /// <summary>Asked before each write or deletion, with the grain's type and key; true: it fails for the grain, and happens in <see cref="Arrive"/>.</summary>
    public Func<string, bool> Loses { get; set; } = _ => false;

    /// <summary>The stored JSON of a grain such as <c>instance/shop</c>. Null: nothing is stored.</summary>
    public string? Find(string grain) => _states.FirstOrDefault(state => state.Key.Grain == grain).Value.Json;

    /// <summary>What was lost comes in after all, unless another write was first; true: something did.</summary>
    public bool Arrive()
    {
        var happened = false;
        while (_underWay.TryDequeue(out var write)) happened |= write();
        return happened;
    }

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await Gate(grainId.ToString());
        var found = _states.TryGetValue((grainId.ToString(), stateName), out var stored);
        grainState.State = found ? JsonSerializer.Deserialize<T>(stored.Json, GrainStateJson.StoreOptions) : Activator.CreateInstance<T>();
        grainState.ETag = found ? stored.ETag : null;
        grainState.RecordExists = found;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var json = JsonSerializer.Serialize(grainState.State, GrainStateJson.StoreOptions);
        // A real store answers later: whatever a grain shows meanwhile is not durable yet.
        await Task.Yield();
        await Gate(grainId.ToString());
        if (Loses(grainId.ToString())) Lose(stateName, grainId, grainState.ETag, () => _states[(grainId.ToString(), stateName)] = (json, NextETag()));
        Check(stateName, grainId, grainState);
        grainState.ETag = NextETag();
        grainState.RecordExists = true;
        _states[(grainId.ToString(), stateName)] = (json, grainState.ETag);
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await Task.Yield();
        await Gate(grainId.ToString());
        if (Loses(grainId.ToString())) Lose(stateName, grainId, grainState.ETag, () => _states.TryRemove((grainId.ToString(), stateName), out _));
        Check(stateName, grainId, grainState);
        _states.TryRemove((grainId.ToString(), stateName), out _);
        grainState.State = Activator.CreateInstance<T>();
        grainState.ETag = null;
        grainState.RecordExists = false;
    }

    private string NextETag() => Interlocked.Increment(ref _version).ToString(System.Globalization.CultureInfo.InvariantCulture);

    [DoesNotReturn]
    private void Lose(string stateName, GrainId grainId, string? known, Action happen)
    {
        _underWay.Enqueue(() =>
        {
            if (ETagOf(stateName, grainId) != known) return false;
            happen();
            return true;
        });
        throw new TimeoutException($"The store does not answer for {grainId}, as the test asked.");
    }

    private string? ETagOf(string stateName, GrainId grainId) =>
        _states.TryGetValue((grainId.ToString(), stateName), out var state) ? state.ETag : null;

    private void Check<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (Fails(grainId.ToString())) throw new IOException($"The store fails for {grainId}, as the test asked.");
        var stored = ETagOf(stateName, grainId);
        if (stored != grainState.ETag) throw new InconsistentStateException($"{grainId} was changed.", stored, grainState.ETag);
    }
}
