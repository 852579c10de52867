using Orleans.Runtime;
using SQLitePCL;

namespace EmbeddedOrleans.Storage.Sqlite;

/// <summary>The writer's connection with its prepared statements.</summary>
internal sealed class WriteStatements : IDisposable
{
    // An epoch per opening and a count within it make versions that never come again, even after a delete.
    private const int VersionsPerEpochBits = 36;

    private readonly SqliteConnection _connection;
    private readonly List<SqliteStatement> _all = [];
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _commit;
    private readonly SqliteStatement _rollback;
    private readonly SqliteStatement _insert;
    private readonly SqliteStatement _update;
    private readonly SqliteStatement _delete;
    private readonly SqliteStatement _find;
    private readonly SqliteStatement _upsertReminder;
    private readonly SqliteStatement _deleteReminder;
    private readonly SqliteStatement _setMeta;
    private long _lastVersion;

    /// <summary>Takes the connection over, also when it throws; begins with the write of a new epoch.</summary>
    public WriteStatements(SqliteConnection connection)
    {
        _connection = connection;
        try
        {
            _begin = Prepare("BEGIN IMMEDIATE");
            _commit = Prepare("COMMIT");
            _rollback = Prepare("ROLLBACK");
            _insert = Prepare(
                "INSERT INTO state (grain, name, data, version) VALUES (?1, ?2, ?3, ?4) "
                + "ON CONFLICT (grain, name) DO NOTHING");
            _update = Prepare(
                "UPDATE state SET data = ?1, version = ?2 WHERE id = ?3 AND version = ?4");
            _delete = Prepare("DELETE FROM state WHERE id = ?1 AND version = ?2");
            _find = Prepare("SELECT version, id FROM state WHERE grain = ?1 AND name = ?2");
            _upsertReminder = Prepare(
                "INSERT INTO reminders (grain, name, start_at, period, registered_at) VALUES (?1, ?2, ?3, ?4, ?5) "
                + "ON CONFLICT (grain, name) DO UPDATE SET start_at = excluded.start_at, period = excluded.period, "
                + "registered_at = excluded.registered_at");
            _deleteReminder = Prepare("DELETE FROM reminders WHERE grain = ?1 AND name = ?2");
            _setMeta = Prepare(
                "INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value");

            var epoch = connection.QueryInt64($"SELECT value FROM meta WHERE key = '{StoreSchema.EpochKey}'") + 1;
            SetMeta(StoreSchema.EpochKey, epoch);
            _lastVersion = epoch << VersionsPerEpochBits;
        }
        catch
        {
            // A disk that is full fails the write of the epoch, and is asked again and again.
            Dispose();
            throw;
        }
    }

    public void Begin() => _begin.Run();

    public void Commit() => _commit.Run();

    public void Rollback() => _rollback.Run();

    public (int Logged, int Copied) Checkpoint() => _connection.Checkpoint();

    public int TakeWrittenPages() => _connection.TakeWrittenPages();

    public long NextVersion() => ++_lastVersion;

    /// <summary>The new record's row, or null if there is a record of this name.</summary>
    public long? Insert(GrainId grainId, string name, ReadOnlySpan<byte> data, long version) =>
        _insert.Bind(1, grainId).Bind(2, name).Bind(3, data).Bind(4, version).Run() == 1 ? _connection.LastInsertedRow : null;

    public bool Update(RecordVersion expected, ReadOnlySpan<byte> data, long version) =>
        _update.Bind(1, data).Bind(2, version).Bind(3, expected.Row).Bind(4, expected.Version).Run() == 1;

    public bool Delete(RecordVersion expected) => _delete.Bind(1, expected.Row).Bind(2, expected.Version).Run() == 1;

    public RecordVersion? Find(GrainId grainId, string name)
    {
        try
        {
            return _find.Bind(1, grainId).Bind(2, name).Step()
                ? new RecordVersion(_find.GetInt64(0), _find.GetInt64(1))
                : null;
        }
        finally
        {
            _find.Reset();
        }
    }

    public void UpsertReminder(StoredReminder reminder) =>
        _upsertReminder.Bind(1, reminder.GrainId).Bind(2, reminder.Name)
            .Bind(3, reminder.StartAt.Ticks).Bind(4, reminder.Period.Ticks)
            .Bind(5, reminder.RegisteredAt?.Ticks ?? 0).Run();

    public void DeleteReminder(GrainId grainId, string name) => _deleteReminder.Bind(1, grainId).Bind(2, name).Run();

    public void SetMeta(string key, long value) => _setMeta.Bind(1, key).Bind(2, value).Run();

    public void Dispose()
    {
        foreach (var statement in _all) statement.Dispose();
        _connection.Dispose();
    }

    private SqliteStatement Prepare(string sql)
    {
        var statement = _connection.Prepare(sql);
        _all.Add(statement);
        return statement;
    }
}
