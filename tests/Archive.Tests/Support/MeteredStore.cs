using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Waqtor.Archive.Tests;

/// <summary>
/// Counts what reads cost, in a measure that is the same each time: steps of SQLite's machine, rows of messages that
/// PostgreSQL looked at.
/// </summary>
internal sealed class MeteredStore(IArchiveStore store) : IArchiveStore
{
    public long Work { get; private set; }

    public ArchiveDialect Dialect => store.Dialect;

    public Task MigrateAsync(CancellationToken cancellationToken) => store.MigrateAsync(cancellationToken);

    public bool IsAway(Exception exception) => store.IsAway(exception);

    public Task WriteAsync(AppendPlan plan, CancellationToken cancellationToken) => store.WriteAsync(plan, cancellationToken);

    public Task WriteProbeAsync(string mark, CancellationToken cancellationToken) => store.WriteProbeAsync(mark, cancellationToken);

    public Task<string?> ReadProbeAsync(CancellationToken cancellationToken) => store.ReadProbeAsync(cancellationToken);

    public Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellationToken) => store.ReadAsync(
        connection => connection is SqliteConnection sqlite ? ReadSqliteAsync(sqlite, read) : ReadPostgresAsync(connection, read), cancellationToken);

    private async Task<T> ReadSqliteAsync<T>(SqliteConnection connection, Func<DbConnection, Task<T>> read)
    {
        raw.sqlite3_progress_handler(
            connection.Handle!,
            1,
            _ =>
            {
                Work++;
                return 0;
            },
            null);
        try
        {
            return await read(connection);
        }
        finally
        {
            raw.sqlite3_progress_handler(connection.Handle!, 0, null, null);
        }
    }

    private async Task<T> ReadPostgresAsync<T>(DbConnection connection, Func<DbConnection, Task<T>> read)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        // The figures of a table that was just filled come later by themselves; and this one is small enough to be read whole.
        await connection.ExecuteAsync("ANALYZE messages; SET LOCAL enable_seqscan = off");
        var answer = await read(connection);
        Work += await connection.ExecuteScalarAsync<long>(
            """
            SELECT CAST(COALESCE(SUM(seq_tup_read + COALESCE(idx_tup_fetch, 0)), 0) AS BIGINT) FROM pg_stat_xact_user_tables
            WHERE relname = 'messages' AND schemaname = current_schema()
            """);
        return answer;
    }
}
