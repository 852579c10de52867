using SQLitePCL;

namespace EmbeddedOrleans.Storage.Sqlite;

/// <summary>An error code of SQLite.</summary>
internal sealed class SqliteException(int code, string message) : IOException($"SQLite error {code}: {message}")
{
    public int Code { get; } = code;

    public bool IsBusy => (Code & 0xff) is raw.SQLITE_BUSY or raw.SQLITE_LOCKED;

    public bool IsDamaged => (Code & 0xff) is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;
}
