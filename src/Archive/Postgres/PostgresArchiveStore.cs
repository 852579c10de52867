using System.Data.Common;
using System.Net.Sockets;
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
    private readonly ReadGate _gate;
    private readonly TimeProvider _clock;
    private readonly ILogger<PostgresArchiveStore> _logger;
    private volatile bool _open;

    public PostgresArchiveStore(IOptions<ArchiveOptions> options, TimeProvider clock, ILogger<PostgresArchiveStore> logger)
    {
        _source = new NpgsqlDataSourceBuilder(PostgresConnection.Read(options.Value.ConnectionString!).ToString()).Build();
        _gate = new ReadGate(options.Value, clock);
        _clock = clock;
        _logger = logger;
    }

    public ArchiveDialect Dialect => ArchiveDialect.Postgres;

    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await _source.OpenConnectionAsync(cancellationToken);
            var found = await SchemaMigrator.MigrateAsync(connection, Dialect, _clock, cancellationToken);
            LogOpened(connection.PostgreSqlVersion, found, Migration.Latest);
        }
        catch (PostgresException exception) when (IsRefusal(exception.SqlState))
        {
            throw new ArchiveSettingsException(nameof(ArchiveOptions.ConnectionString), $"PostgreSQL refuses it: {exception.MessageText} ({exception.SqlState}).");
        }

        _open = true;
    }

    public bool IsAway(Exception exception) => exception is NpgsqlException or TimeoutException or IOException or SocketException;

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
        await using var connection = await ConnectAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(ProbeSql.Write, new { mark }, cancellationToken: cancellationToken));
    }

    // Not behind the readers: a busy archive is not a sick one.
    public Task<string?> ReadProbeAsync(CancellationToken cancellationToken) => ReadNowAsync(
        connection => connection.QueryFirstOrDefaultAsync<string>(new CommandDefinition(ProbeSql.Read, cancellationToken: cancellationToken)),
        cancellationToken);

    public Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellationToken) =>
        _gate.RunAsync(() => ReadNowAsync(read, cancellationToken), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        _gate.Dispose();
    }

    // On the pool, so that rows are not read into records on a grain's turn.
    private Task<T> ReadNowAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellationToken) => Task.Run(
        async () =>
        {
            await using var connection = await ConnectAsync(cancellationToken);
            return await read(connection);
        },
        cancellationToken);

    // Who comes before the schema is there finds an archive that is away, as in any other outage.
    private ValueTask<NpgsqlConnection> ConnectAsync(CancellationToken cancellationToken) =>
        _open ? _source.OpenConnectionAsync(cancellationToken) : throw new IOException("The archive is not open yet: PostgreSQL was not reached since the start.");

    // Wrong user or password, no such database, no right to make tables: waiting does not mend it.
    private static bool IsRefusal(string sqlState) => sqlState is "3D000" or "42501" || sqlState.StartsWith("28", StringComparison.Ordinal);

    private async Task WriteOnceAsync(AppendPlan plan, CancellationToken cancellationToken)
    {
        await using var connection = await ConnectAsync(cancellationToken);
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
