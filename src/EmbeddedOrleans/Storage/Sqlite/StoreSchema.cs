using Orleans.Runtime;

namespace EmbeddedOrleans.Storage.Sqlite;

/// <summary>The tables, and the refusals: a damaged file, another program's file, a file of a newer program.</summary>
internal static class StoreSchema
{
    public const string DeliveredUpToKey = "reminders_delivered_up_to";
    public const string EpochKey = "epoch";

    private const long ApplicationId = 0x57615174; // "WaQt"
    private const long CurrentVersion = 1;

    private const string CreateTables = """
        CREATE TABLE state (
            id INTEGER PRIMARY KEY, grain TEXT NOT NULL, name TEXT NOT NULL,
            version INTEGER NOT NULL, data BLOB NOT NULL, UNIQUE (grain, name)) STRICT;
        CREATE TABLE reminders (
            grain TEXT NOT NULL, name TEXT NOT NULL, start_at INTEGER NOT NULL, period INTEGER NOT NULL,
            registered_at INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (grain, name)) STRICT, WITHOUT ROWID;
        CREATE TABLE meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        """;

    /// <summary>Opens the file for writing, creating or checking it.</summary>
    public static SqliteConnection Open(EmbeddedStoreOptions options, bool checkIntegrity)
    {
        var path = Path.GetFullPath(options.Path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var connection = new SqliteConnection(path, isReader: false);
        try
        {
            connection.Execute("PRAGMA journal_mode = WAL");
            connection.Execute(SynchronousPragma(options));
            connection.Execute("PRAGMA wal_autocheckpoint = 0");
            connection.Execute("PRAGMA cache_size = -65536");
            if (checkIntegrity) CheckIntegrity(connection, path);
            CheckVersion(connection, path);
            return connection;
        }
        catch (SqliteException exception) when (exception.IsDamaged)
        {
            connection.Dispose();
            throw Damaged(path, exception.Message);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A second connection to a file that is open already.</summary>
    public static SqliteConnection OpenForCheckpoints(EmbeddedStoreOptions options)
    {
        var connection = new SqliteConnection(Path.GetFullPath(options.Path), isReader: false);
        connection.Execute(SynchronousPragma(options));
        return connection;
    }

    private static string SynchronousPragma(EmbeddedStoreOptions options) =>
        options.Synchronous == StoreSynchronous.Full ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = OFF";

    private static void CheckIntegrity(SqliteConnection connection, string path)
    {
        var answer = connection.QueryText("PRAGMA quick_check(1)");
        if (answer != "ok") throw Damaged(path, answer);
    }

    private static void CheckVersion(SqliteConnection connection, string path)
    {
        var version = connection.QueryInt64("PRAGMA user_version");
        if (version == 0 && connection.QueryInt64("SELECT count(*) FROM sqlite_schema") == 0)
        {
            connection.Execute("BEGIN IMMEDIATE");
            const StringSplitOptions Trimmed = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
            foreach (var statement in CreateTables.Split(';', Trimmed))
            {
                connection.Execute(statement);
            }

            connection.Execute($"PRAGMA application_id = {ApplicationId}");
            connection.Execute($"PRAGMA user_version = {CurrentVersion}");
            connection.Execute("COMMIT");
            return;
        }

        if (connection.QueryInt64("PRAGMA application_id") != ApplicationId)
        {
            throw new OrleansConfigurationException(
                $"The file {path} is a database of another program; refusing to use it.");
        }

        if (version > CurrentVersion)
        {
            throw new OrleansConfigurationException(
                $"The store {path} has schema version {version}; this program knows up to {CurrentVersion}. "
                + "Use the newer program that wrote it.");
        }

        // A column with a default, which an older program neither misses nor minds: no new version.
        if (connection.QueryInt64("SELECT count(*) FROM pragma_table_info('reminders') WHERE name = 'registered_at'") == 0)
        {
            connection.Execute("ALTER TABLE reminders ADD COLUMN registered_at INTEGER NOT NULL DEFAULT 0");
        }
    }

    private static OrleansConfigurationException Damaged(string path, string detail) =>
        new($"The store {path} is damaged ({detail}); refusing to start. Restore it from a backup.");
}
