using System.Data.Common;
using Dapper;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Waqtor.Archive;

/// <summary>The archive in PostgreSQL 15 or later, which any number of silos write at once.</summary>
internal sealed partial class PostgresArchiveStore : IArchiveStore, IAsyncDisposable
{
    private const int AttemptsMax = 3;

    private readonly NpgsqlDataSource _source;
    private readonly TimeProvider _clock;
    private readonly ILogger<PostgresArchiveStore> _logger;

    public PostgresArchiveStore(IOptions<ArchiveOptions> options, TimeProvider clock, ILogger<PostgresArchiveStore> logger)
    {
        var connectionString = new NpgsqlConnectionStringBuilder(options.Value.ConnectionString);
        // The few statements of the writer and the lists are prepared once per connection, unless the user decided otherwise.
        if (connectionString.MaxAutoPrepare == 0)
        {
            connectionString.MaxAutoPrepare = 64;
            connectionString.AutoPrepareMinUsages = 2;
        }

        connectionString.ApplicationName ??= "waqtor";
        _source = new NpgsqlDataSourceBuilder(connectionString.ToString()).Build();
        _clock = clock;
        _logger = logger;
    }

    public ArchiveDialect Dialect => ArchiveDialect.Postgres;

    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellationToken);
        var found = await SchemaMigrator.MigrateAsync(connection, Dialect, _clock, cancellationToken);
        LogOpened(connection.PostgreSqlVersion, found, Migration.Latest);
    }

    public async Task WriteAsync(AppendPlan plan, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await WriteOnceAsync(plan, cancellationToken);
                return;
            }
            catch (PostgresException exception) when (exception.IsTransient && attempt < AttemptsMax)
            {
                // Two silos in each other's way (a deadlock): one of them was rolled back whole and goes again.
                LogRepeated(exception.SqlState, attempt);
            }
        }
    }

    public async Task WriteProbeAsync(string mark, CancellationToken cancellationToken)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(ProbeSql.Write, new { mark }, cancellationToken: cancellationToken));
    }

    public Task<string?> ReadProbeAsync(CancellationToken cancellationToken) => ReadAsync(
        connection => connection.QueryFirstOrDefaultAsync<string>(new CommandDefinition(ProbeSql.Read, cancellationToken: cancellationToken)),
        cancellationToken);

    // On the pool, so that rows are not read into records on a grain's turn.
    public Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellationToken) => Task.Run(
        async () =>
        {
            await using var connection = await _source.OpenConnectionAsync(cancellationToken);
            return await read(connection);
        },
        cancellationToken);

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private async Task WriteOnceAsync(AppendPlan plan, CancellationToken cancellationToken)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        using var appender = new PostgresAppender(connection, transaction, cancellationToken);
        await appender.WriteAsync(plan);
        await transaction.CommitAsync(cancellationToken);
    }

    [LoggerMessage(1, LogLevel.Information, "The archive is open on PostgreSQL {PostgresVersion}; schema {Found}, now {Now}.")]
    private partial void LogOpened(Version postgresVersion, int found, int now);

    [LoggerMessage(2, LogLevel.Warning, "A transaction of the archive was rolled back ({SqlState}) in attempt {Attempt}; it goes again.")]
    private partial void LogRepeated(string sqlState, int attempt);
}
