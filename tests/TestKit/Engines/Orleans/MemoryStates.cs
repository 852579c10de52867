using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Waqtor.TestKit.Engines;

/// <summary>The store that outlives the silos. State passes through JSON, as it does in the real ones.</summary>
internal sealed class MemoryStates : IGrainStorage
{
    private readonly ConcurrentDictionary<(GrainId Grain, string Name), Entry> _entries = new();
    private long _version;

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        // A real store answers later.
        await Task.Yield();
        var found = _entries.TryGetValue((grainId, stateName), out var entry);
        grainState.State = found ? JsonSerializer.Deserialize<T>(entry.Json, StateJson.Options)! : Activator.CreateInstance<T>();
        grainState.ETag = found ? entry.ETag : null;
        grainState.RecordExists = found;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(grainState.State, StateJson.Options);
        // As a real store has it: what counts is what the grain knew when it asked.
        var known = grainState.ETag;
        await Task.Yield();
        var etag = Interlocked.Increment(ref _version).ToString(CultureInfo.InvariantCulture);
        var entry = new Entry(json, etag);
        var key = (grainId, stateName);
        var written = known is null
            ? _entries.TryAdd(key, entry)
            : _entries.TryGetValue(key, out var stored) && stored.ETag == known && _entries.TryUpdate(key, entry, stored);
        if (!written) throw Conflict(key, known);
        grainState.ETag = etag;
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await Task.Yield();
        var key = (grainId, stateName);
        var stored = _entries.TryGetValue(key, out var entry) ? entry.ETag : null;
        if (stored != grainState.ETag) throw Conflict(key, grainState.ETag);
        _entries.TryRemove(key, out _);
        grainState.State = Activator.CreateInstance<T>();
        grainState.ETag = null;
        grainState.RecordExists = false;
    }

    private InconsistentStateException Conflict((GrainId Grain, string Name) key, string? etag) => new(
        $"{key.Grain} has another version of '{key.Name}' in the store.",
        _entries.TryGetValue(key, out var entry) ? entry.ETag : "",
        etag ?? "");

    private readonly record struct Entry(byte[] Json, string ETag);
}
