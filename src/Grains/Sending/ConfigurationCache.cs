using Waqtor.Instances;

namespace Waqtor.Sending;

/// <summary>A worker's short memory of instances' configurations, so that not every message asks the instance.</summary>
internal sealed class ConfigurationCache(Func<string, Task<InstanceConfiguration?>> fetch, TimeSpan lifetime, TimeProvider clock)
{
    private const int EntriesMax = 1_000;

    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>Null: there is no instance of this name with this id.</summary>
    public async Task<InstanceConfiguration?> GetAsync(string name, string instanceId)
    {
        var known = _entries.TryGetValue(name, out var entry) && clock.GetElapsedTime(entry.AskedAt) < lifetime;
        var configuration = known ? await entry!.Configuration : await RefreshAsync(name);
        // A name that was deleted and made again is another instance: what is remembered may be the old one.
        if (known && configuration?.Id != instanceId) configuration = await RefreshAsync(name);
        return configuration?.Id == instanceId ? configuration : null;
    }

    private async Task<InstanceConfiguration?> RefreshAsync(string name)
    {
        if (_entries.Count >= EntriesMax) _entries.Clear();
        var entry = new Entry(fetch(name), clock.GetTimestamp());
        _entries[name] = entry;
        try
        {
            return await entry.Configuration;
        }
        catch
        {
            if (_entries.TryGetValue(name, out var current) && current == entry) _entries.Remove(name);
            throw;
        }
    }

    // By a timestamp: a clock that is set back must not make it last.
    private sealed record Entry(Task<InstanceConfiguration?> Configuration, long AskedAt);
}
