using System.Data;
using System.Data.Common;
using Dapper;

namespace Waqtor.Archive;

/// <summary>Makes the schema and brings it up to date: each missing step in one transaction with its number.</summary>
internal static class SchemaMigrator
{
    /// <summary>Answers the version it found; 0 for an empty database.</summary>
    /// <exception cref="ArchiveSchemaException">The schema was written by a newer program.</exception>
    public static async Task<int> MigrateAsync(
        DbConnection connection, ArchiveDialect dialect, TimeProvider clock, CancellationToken cancellationToken)
    {
        // Read committed: who waited for the lock must see what its holder wrote. (SQLite knows only one level.)
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        if (dialect.MigrationLock is { } migrationLock) await ExecuteAsync(migrationLock);
        await ExecuteAsync(
            "CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL PRIMARY KEY, applied_at BIGINT NOT NULL)");
        var found = await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            "SELECT CAST(COALESCE(MAX(version), 0) AS BIGINT) FROM schema_version", transaction: transaction, cancellationToken: cancellationToken));
        if (found > Migration.Latest)
        {
            throw new ArchiveSchemaException(
                $"The archive's schema is version {found}; this program knows versions up to {Migration.Latest}. "
                + "Start the newer program, or restore a backup from before its first start.");
        }

        foreach (var migration in Migration.All.Where(one => one.Version > found))
        {
            await ExecuteAsync(dialect.Write(migration.Sql));
            await ExecuteAsync(
                "INSERT INTO schema_version (version, applied_at) VALUES (@version, @at)",
                new { version = (long)migration.Version, at = clock.GetUtcNow().ToUnixTimeMilliseconds() });
        }

        await transaction.CommitAsync(cancellationToken);
        return found;

        Task ExecuteAsync(string sql, object? parameters = null) =>
            connection.ExecuteAsync(new CommandDefinition(sql, parameters, transaction, cancellationToken: cancellationToken));
    }
}
