using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SQLitePCL;

namespace Waqtor.Archive;

/// <summary>
/// The archive in one SQLite file: one connection writes, on a thread of its own, and readers have theirs; with a
/// write-ahead log neither waits for the other.
/// </summary>
internal sealed partial class SqliteArchiveStore : IArchiveStore, IDisposable
{
    // Some tens of microseconds of work between two looks at whether the reader is still there.
    private const int StepsBetweenLooks = 10_000;

    private readonly ArchiveOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<SqliteArchiveStore> _logger;
    private readonly SqliteThread _thread = new("waqtor-archive");
    private readonly ReadGate _gate;
    private readonly string _readerConnectionString;
    private SqliteConnection? _connection;
    private SqliteAppender? _appender;

    public SqliteArchiveStore(IOptions<ArchiveOptions> options, TimeProvider clock, ILogger<SqliteArchiveStore> logger)
    {
        SqliteLibrary.EnsureLoaded();
        _options = options.Value;
        _clock = clock;
        _logger = logger;
        _gate = new ReadGate(_options, clock);
        _readerConnectionString = new SqliteConnectionStringBuilder
        {
            DataSource = _options.Path,
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = true,
        }.ToString();
    }

    public ArchiveDialect Dialect => ArchiveDialect.Sqlite;

    public Task MigrateAsync(CancellationToken cancellationToken) => _thread.RunAsync(() =>
    {
        try
        {
            Migrate(cancellationToken);
        }
        catch (SqliteException exception)
        {
            throw Refuse(exception);
        }
    });

    private void Migrate(CancellationToken cancellationToken)
    {
        if (_connection is not null) return;
        if (Path.GetDirectoryName(Path.GetFullPath(_options.Path!)) is { } directory) Directory.CreateDirectory(directory);
        var connection = OpenWriter();
        try
        {
            // Microsoft.Data.Sqlite completes every call at once: nothing here leaves this thread.
            var found = SchemaMigrator.MigrateAsync(connection, Dialect, _clock, cancellationToken).GetAwaiter().GetResult();
            _appender = new SqliteAppender(connection);
            LogOpened(connection.ServerVersion, found, Migration.Latest);
        }
        catch
        {
            connection.Dispose();
            throw;
        }

        _connection = connection;
    }

    private ArchiveSettingsException Refuse(SqliteException exception)
    {
        var path = Path.GetFullPath(_options.Path!);
        return new ArchiveSettingsException(nameof(ArchiveOptions.Path), exception.SqliteErrorCode is SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB
            ? $"the archive {path} is damaged or no archive ({exception.Message}). Restore it from a backup; with the file moved away a new one begins without the history."
            : $"the archive {path} cannot be opened for writing ({exception.Message}). Look whether another program has it, and for rights and room on the disk.");
    }

    // A file is there or cannot be made.
    public bool IsAway(Exception exception) => false;

    public Task WriteAsync(AppendPlan plan, CancellationToken cancellationToken) => _thread.RunAsync(() => Appender.Write(plan));

    public Task WriteProbeAsync(string mark, CancellationToken cancellationToken) =>
        _thread.RunAsync(() => Connection.Execute(ProbeSql.Write, new { mark }));

    // Not behind the readers: a busy archive is not a sick one.
    public Task<string?> ReadProbeAsync(CancellationToken cancellationToken) =>
        ReadNowAsync(connection => connection.QueryFirstOrDefaultAsync<string>(ProbeSql.Read), cancellationToken);

    public Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellationToken) =>
        _gate.RunAsync(() => ReadNowAsync(read, cancellationToken), cancellationToken);

    public void Dispose()
    {
        _thread.Dispose();
        _appender?.Dispose();
        // Readers' pooled connections hold the file open; with the last one gone the log is folded into the file.
        using (var reader = new SqliteConnection(_readerConnectionString)) SqliteConnection.ClearPool(reader);
        _connection?.Dispose();
        _gate.Dispose();
    }

    private SqliteConnection Connection => _connection ?? throw new InvalidOperationException("The archive is not open yet.");

    private SqliteAppender Appender => _appender ?? throw new InvalidOperationException("The archive is not open yet.");

    // Microsoft.Data.Sqlite blocks in every call, so a read has a thread to itself: the pool's answer the providers.
    private Task<T> ReadNowAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellationToken) => Task.Factory.StartNew(
        async () =>
        {
            _ = Connection;
            await using var connection = new SqliteConnection(_readerConnectionString);
            await connection.OpenAsync(cancellationToken);
            return await ReadWhileWantedAsync(connection, read, cancellationToken);
        },
        cancellationToken,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default).Unwrap();

    // SQLite asks now and then whether to go on, which unlike an interrupt from outside can neither come between two
    // statements and be lost nor meet the connection's next reader.
    private static async Task<T> ReadWhileWantedAsync<T>(
        SqliteConnection connection, Func<DbConnection, Task<T>> read, CancellationToken cancellationToken)
    {
        if (!cancellationToken.CanBeCanceled) return await read(connection);
        raw.sqlite3_progress_handler(connection.Handle!, StepsBetweenLooks, _ => cancellationToken.IsCancellationRequested ? 1 : 0, null);
        try
        {
            return await read(connection);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == raw.SQLITE_INTERRUPT && cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException("The reader went away.", exception, cancellationToken);
        }
        finally
        {
            raw.sqlite3_progress_handler(connection.Handle!, 0, null, null);
        }
    }

    private SqliteConnection OpenWriter()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = _options.Path,
            Mode = SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
        }.ToString());
        connection.Open();
        // FULL syncs the log at each commit. The log is folded back every 128 MB instead of every 4: pages that many
        // transactions touch are then copied once. Temporary results stay in memory.
        connection.Execute(
            """
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            PRAGMA busy_timeout = 5000;
            PRAGMA wal_autocheckpoint = 32000;
            PRAGMA journal_size_limit = 201326592;
            PRAGMA cache_size = -65536;
            PRAGMA temp_store = MEMORY;
            """);
        return connection;
    }

    [LoggerMessage(1, LogLevel.Information, "The archive is open on SQLite {SqliteVersion}; schema {Found}, now {Now}.")]
    private partial void LogOpened(string sqliteVersion, int found, int now);
}
