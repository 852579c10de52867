using Orleans;
using Orleans.Runtime;

namespace Waqtor.TestKit.Engines;

/// <summary>The table of reminders as seen by silos: once they are dead, nothing of theirs gets through any more.</summary>
internal sealed class LivingReminders(IReminderTable table, ClusterLife life) : IReminderTable
{
    public Task<ReminderTableData> ReadRows(GrainId grainId) => Living().ReadRows(grainId);

    public Task<ReminderTableData> ReadRows(uint begin, uint end) => Living().ReadRows(begin, end);

    public Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName) => Living().ReadRow(grainId, reminderName);

    public Task<string?> UpsertRow(ReminderEntry entry) => Living().UpsertRow(entry);

    public Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag) => Living().RemoveRow(grainId, reminderName, eTag);

    public Task TestOnlyClearTable() => Living().TestOnlyClearTable();

    private IReminderTable Living()
    {
        if (life.IsOver) throw new SiloUnavailableException("The silo was killed by the test.");
        // What a silo does with what it reads begins a moment later, unseen.
        life.Stir();
        return table;
    }
}
