using SQLitePCL;

namespace EmbeddedOrleans.Storage.Sqlite;

/// <summary>
/// A thin cover of the C API: open, run, prepare, and errors as exceptions. Used by one thread at a time.
/// </summary>
internal sealed class SqliteConnection : IDisposable
{
    private const int BusyTimeoutMilliseconds = 250;

    // SQLITE_DBSTATUS_CACHE_WRITE
    private const int CacheWrite = 9;

    private readonly sqlite3 _handle;

    public SqliteConnection(string path, bool isReader)
    {
        SqliteLibrary.Load();
        var flags = raw.SQLITE_OPEN_NOMUTEX
            | (isReader ? raw.SQLITE_OPEN_READONLY : raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE);
        var code = raw.sqlite3_open_v2(path, out _handle, flags, null);
        if (code != raw.SQLITE_OK)
        {
            var message = raw.sqlite3_errmsg(_handle).utf8_to_string();
            _handle.Dispose();
            throw new SqliteException(code, $"{message} ({path})");
        }

        raw.sqlite3_extended_result_codes(_handle, 1);
        raw.sqlite3_busy_timeout(_handle, BusyTimeoutMilliseconds);
    }

    public SqliteStatement Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v2(_handle, sql, out var statement));
        return new SqliteStatement(this, statement);
    }

    public void Execute(string sql)
    {
        using var statement = Prepare(sql);
        while (statement.Step())
        {
            // Pragmas may answer with rows that nobody needs.
        }
    }

    public long QueryInt64(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Step() ? statement.GetInt64(0) : 0;
    }

    public string QueryText(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Step() ? statement.GetText(0) : "";
    }

    /// <summary>
    /// Copies the write-ahead log into the file, as far as readers allow, without waiting for anybody. Returns how many
    /// pages the log has and how many of them have been copied by now.
    /// </summary>
    public (int Logged, int Copied) Checkpoint() => Checkpoint(raw.SQLITE_CHECKPOINT_PASSIVE);

    /// <summary>Copies all of the write-ahead log into the file and begins a new one.</summary>
    public void CheckpointAndTruncate() => Checkpoint(raw.SQLITE_CHECKPOINT_TRUNCATE);

    /// <summary>How many pages this connection has written since it was last asked.</summary>
    public int TakeWrittenPages()
    {
        Check(raw.sqlite3_db_status(_handle, CacheWrite, out var pages, out _, resetFlg: 1));
        return pages;
    }

    public int Changes => raw.sqlite3_changes(_handle);

    public long LastInsertedRow => raw.sqlite3_last_insert_rowid(_handle);

    public void Dispose() => _handle.Dispose();

    internal void Check(int code)
    {
        if (code is raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE) return;
        throw new SqliteException(code, raw.sqlite3_errmsg(_handle).utf8_to_string());
    }

    private (int Logged, int Copied) Checkpoint(int mode)
    {
        Check(raw.sqlite3_wal_checkpoint_v2(_handle, null, mode, out var logged, out var copied));
        return (logged, copied);
    }
}
