using System.Runtime.InteropServices;

namespace Waqtor.Process.Tests.Machine;

/// <summary>
/// Holds the write lock of a SQLite file from outside (<c>BEGIN IMMEDIATE</c>), so that the program can read its store
/// but not write it. Uses the system's library directly: no provider of the product is involved.
/// </summary>
public sealed partial class StoreLock : IDisposable
{
    private nint _database;

    public StoreLock(string path)
    {
        Check(Open(path, out _database), "open");
        Check(SetBusyTimeout(_database, 5_000), "busy timeout");
        Check(Execute(_database, "BEGIN IMMEDIATE", 0, 0, 0), "begin");
    }

    public void Dispose()
    {
        if (_database == 0) return;
        Check(Execute(_database, "ROLLBACK", 0, 0, 0), "rollback");
        _ = Close(_database);
        _database = 0;
    }

    private static void Check(int code, string step)
    {
        if (code != 0)
            throw new InvalidOperationException($"SQLite {step}: code {code}");
    }

    [LibraryImport("libsqlite3.so.0", EntryPoint = "sqlite3_open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, out nint database);

    [LibraryImport("libsqlite3.so.0", EntryPoint = "sqlite3_busy_timeout")]
    private static partial int SetBusyTimeout(nint database, int milliseconds);

    [LibraryImport("libsqlite3.so.0", EntryPoint = "sqlite3_exec", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Execute(nint database, string sql, nint callback, nint argument, nint error);

    [LibraryImport("libsqlite3.so.0", EntryPoint = "sqlite3_close")]
    private static partial int Close(nint database);
}
