using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Waqtor.Archive.Tests;

/// <summary>Notes the SQL of every read, with its values in place.</summary>
internal sealed class TracingStore(IArchiveStore store) : IArchiveStore
{
    public List<string> Statements { get; } = [];

    public ArchiveDialect Dialect => store.Dialect;

    public Task MigrateAsync(CancellationToken cancellationToken) => store.MigrateAsync(cancellationToken);

    public bool IsAway(Exception exception) => store.IsAway(exception);

    public Task WriteAsync(AppendPlan plan, CancellationToken cancellationToken) => store.WriteAsync(plan, cancellationToken);

    public Task WriteProbeAsync(string mark, CancellationToken cancellationToken) => store.WriteProbeAsync(mark, cancellationToken);

    public Task<string?> ReadProbeAsync(CancellationToken cancellationToken) => store.ReadProbeAsync(cancellationToken);

    public Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellationToken) => store.ReadAsync(
        async connection =>
        {
            var handle = ((SqliteConnection)connection).Handle!;
            raw.sqlite3_trace(handle, (_, sql) => Statements.Add(sql), null);
            try
            {
                return await read(connection);
            }
            finally
            {
                raw.sqlite3_trace(handle, (strdelegate_trace?)null, null);
            }
        },
        cancellationToken);
}
