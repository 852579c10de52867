using System.Globalization;
using Orleans;
using Orleans.Runtime;

namespace Waqtor.TestKit.Engines;

/// <summary>The table of reminders, which outlives the silos.</summary>
internal sealed class MemoryReminders : IReminderTable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(GrainId Grain, string Name), ReminderEntry> _entries = [];
    private long _version;

    public Task<ReminderTableData> ReadRows(GrainId grainId) => Find(entry => entry.GrainId == grainId);

    public Task<ReminderTableData> ReadRows(uint begin, uint end) => Find(entry =>
    {
        var hash = entry.GrainId.GetUniformHashCode();
        return begin < end ? hash > begin && hash <= end : hash > begin || hash <= end;
    });

    public Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName)
    {
        lock (_gate) return Task.FromResult(_entries.GetValueOrDefault((grainId, reminderName)) is { } entry ? Copy(entry) : null);
    }

    public Task<string?> UpsertRow(ReminderEntry entry)
    {
        lock (_gate)
        {
            entry.ETag = (++_version).ToString(CultureInfo.InvariantCulture);
            _entries[(entry.GrainId, entry.ReminderName)] = Copy(entry);
            return Task.FromResult<string?>(entry.ETag);
        }
    }

    public Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag)
    {
        lock (_gate)
        {
            var key = (grainId, reminderName);
            return Task.FromResult(_entries.TryGetValue(key, out var entry) && entry.ETag == eTag && _entries.Remove(key));
        }
    }

    public Task TestOnlyClearTable()
    {
        lock (_gate) _entries.Clear();
        return Task.CompletedTask;
    }

    private static ReminderEntry Copy(ReminderEntry entry) => new()
    {
        GrainId = entry.GrainId,
        ReminderName = entry.ReminderName,
        StartAt = entry.StartAt,
        Period = entry.Period,
        ETag = entry.ETag,
    };

    private Task<ReminderTableData> Find(Func<ReminderEntry, bool> isWanted)
    {
        lock (_gate) return Task.FromResult(new ReminderTableData(_entries.Values.Where(isWanted).Select(Copy).ToList()));
    }
}
