using Waqtor.Simulation.Faults;
using Waqtor.Simulation.Time;

namespace Waqtor.Simulation.Disk;

/// <summary>
/// What survives. Written and synced are two things: until a sync a write is seen by whoever reads, and a crash keeps any
/// part of such writes, also of one group; so a group's writes may not rely on each other.
/// </summary>
internal sealed class SimulatedDisk(SeededRandom random, Coverage coverage)
{
    private readonly Dictionary<string, DiskRecord> _synced = new(StringComparer.Ordinal);
    private readonly List<DiskWrite> _unsynced = [];

    /// <summary>A write became durable, also when nobody is told of it.</summary>
    public Action<DiskWrite> BecameDurable { get; set; } = _ => { };

    public IEnumerable<KeyValuePair<string, DiskRecord>> Durable => _synced;

    public DiskRecord? ReadDurable(string key) => _synced.GetValueOrDefault(key);

    /// <summary>As a reader sees it: what is not synced is not shown, unless its writer has been told that it is done.</summary>
    public DiskRecord? Read(string key)
    {
        var last = _unsynced.FindLast(write => write.Key == key && write.IsPromised);
        return last is null ? _synced.GetValueOrDefault(key) : last.Record;
    }

    /// <summary>As the one writer sees it.</summary>
    public DiskRecord? ReadNewest(string key)
    {
        var last = _unsynced.FindLast(write => write.Key == key);
        return last is null ? _synced.GetValueOrDefault(key) : last.Record;
    }

    public IEnumerable<DiskRecord> ReadAll()
    {
        var seen = new Dictionary<string, DiskRecord>(_synced, StringComparer.Ordinal);
        foreach (var write in _unsynced.Where(write => write.IsPromised))
        {
            if (write.Record is null) seen.Remove(write.Key);
            else seen[write.Key] = write.Record;
        }

        return seen.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value);
    }

    public void Write(DiskWrite write) => _unsynced.Add(write);

    public void Sync(IReadOnlyList<DiskWrite> writes)
    {
        foreach (var write in writes)
        {
            if (_unsynced.Remove(write)) Keep(write);
        }
    }

    /// <summary>A sync failed: of each write it is open whether it took place, and nobody can tell.</summary>
    public void Tear(IReadOnlyList<DiskWrite> writes)
    {
        foreach (var write in writes)
        {
            if (!_unsynced.Remove(write)) continue;
            var isKept = random.Chance(0.5);
            coverage.Count(isKept ? Branch.FailedWriteHappened : Branch.FailedWriteDidNotHappen);
            if (isKept) Keep(write);
        }
    }

    /// <summary>The machine dies: a prefix of what was not synced stays, or any subset.</summary>
    public void Crash()
    {
        var prefix = random.Chance(0.5) ? random.Next(_unsynced.Count + 1) : -1;
        for (var i = 0; i < _unsynced.Count; i++)
        {
            var isKept = prefix >= 0 ? i < prefix : random.Chance(0.5);
            coverage.Count(isKept ? Branch.WriteKeptAtCrash : Branch.WriteLostAtCrash);
            if (isKept) Keep(_unsynced[i]);
        }

        _unsynced.Clear();
    }

    private void Keep(DiskWrite write)
    {
        if (write.Record is null) _synced.Remove(write.Key);
        else _synced[write.Key] = write.Record;
        BecameDurable(write);
    }
}
