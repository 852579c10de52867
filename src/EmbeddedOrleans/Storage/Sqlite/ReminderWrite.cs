namespace EmbeddedOrleans.Storage.Sqlite;

/// <summary>Adds or replaces a reminder.</summary>
internal sealed class ReminderWrite(StoredReminder reminder) : StoreWrite
{
    protected override void Apply(WriteStatements statements) => statements.UpsertReminder(reminder);
}
