using System.Collections.Concurrent;
using Waqtor.Instances;

namespace Waqtor.Api.Instances;

/// <summary>
/// A node's copies of the instances, so that no grain is asked of an instance while a message waits. Truth is the
/// instance grain: a copy is replaced at once by a write on this node, by the hint of another node's write, and at the
/// latest by the comparison of versions every 2 s (<see cref="InstanceWatcher"/>).
/// </summary>
internal sealed class InstanceCache(IGrainFactory grains, TimeProvider clock)
{
    private const int MissesMax = 10_000;
    private static readonly TimeSpan MissRemembered = TimeSpan.FromSeconds(1);

    // A grain that hangs must not hold up a delivery past its answer's time.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, CachedInstance> _instances = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _misses = new(StringComparer.Ordinal);
    private volatile InstanceDirectory _directory = InstanceDirectory.Empty;

    /// <summary>Null: no such instance.</summary>
    public ValueTask<CachedInstance?> GetAsync(string name) =>
        _instances.TryGetValue(name, out var known) ? new(known) : LoadUnlessMissedAsync(name);

    /// <summary>Instances of the provider that answer to the provider's name <paramref name="routeTo"/>.</summary>
    public async ValueTask<CachedInstance?> FindAsync(ProviderKind provider, string routeTo, Func<CachedInstance, bool> accepts)
    {
        foreach (var name in _directory.Candidates(provider, routeTo))
        {
            if (await GetAsync(name) is { } candidate && accepts(candidate)) return candidate;
        }

        return null;
    }

    /// <summary>Asks the grain anew: after a write, or on the hint of one.</summary>
    public async Task<CachedInstance?> ReloadAsync(string name)
    {
        var loaded = await LoadAsync(name);
        _directory = _directory.With(name, loaded?.Configuration);
        return loaded;
    }

    /// <summary>Compares versions with the directory and fetches what changed.</summary>
    public async Task RefreshAsync()
    {
        var entries = await grains.GetGrain<IInstanceDirectoryGrain>(0).ListAsync();
        _directory = new InstanceDirectory(entries);
        var listed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            listed.Add(entry.Name);
            var current = _instances.TryGetValue(entry.Name, out var known)
                && known.Id == entry.Id && known.Configuration.Version >= entry.Version;
            if (!current) await LoadAsync(entry.Name);
        }

        // Gone, or so new that the directory does not have it yet: the grain knows.
        foreach (var name in _instances.Keys)
        {
            if (!listed.Contains(name)) await LoadAsync(name);
        }
    }

    private ValueTask<CachedInstance?> LoadUnlessMissedAsync(string name)
    {
        var missed = _misses.TryGetValue(name, out var at) && clock.GetElapsedTime(at) < MissRemembered;
        return missed || !InstanceKey.TryParse(name, out _) ? default : new(LoadAsync(name));
    }

    private async Task<CachedInstance?> LoadAsync(string name)
    {
        var configuration = await grains.GetGrain<IInstanceGrain>(name).GetConfigurationAsync().WaitAsync(Patience, clock);
        if (configuration is null)
        {
            if (_misses.Count >= MissesMax) _misses.Clear();
            _misses[name] = clock.GetTimestamp();
            _instances.TryRemove(name, out _);
            return null;
        }

        _misses.TryRemove(name, out _);
        var loaded = new CachedInstance(configuration);
        return _instances.AddOrUpdate(name, loaded, (_, known) =>
            known.Id == loaded.Id && known.Configuration.Version > configuration.Version ? known : loaded);
    }
}
