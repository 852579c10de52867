using Orleans.Runtime;

namespace EmbeddedOrleans.Storage.Sqlite;

/// <summary>Removes a reminder.</summary>
internal sealed class ReminderDelete(GrainId grainId, string reminderName) : StoreWrite
{
    protected override void Apply(WriteStatements statements) => statements.DeleteReminder(grainId, reminderName);
}
