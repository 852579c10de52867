using System.Data.Common;

namespace Waqtor.Archive;

/// <summary>One database that holds the archive: what differs in how it is opened and written.</summary>
internal interface IArchiveStore
{
    ArchiveDialect Dialect { get; }

    /// <summary>Brings the schema to this version; throws when it is newer.</summary>
    Task MigrateAsync(CancellationToken cancellationToken);

    /// <summary>Writes all of it durably, or nothing and throws.</summary>
    Task WriteAsync(AppendPlan plan, CancellationToken cancellationToken);

    Task WriteProbeAsync(string mark, CancellationToken cancellationToken);

    Task<string?> ReadProbeAsync(CancellationToken cancellationToken);

    /// <summary>Runs a read on a connection of its own, away from the caller's scheduler.</summary>
    Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellationToken);
}
