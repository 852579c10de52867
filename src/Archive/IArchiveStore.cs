using System.Data.Common;

namespace Waqtor.Archive;

/// <summary>One database that holds the archive: what differs in how it is opened and written.</summary>
internal interface IArchiveStore
{
    ArchiveDialect Dialect { get; }

    /// <summary>Brings the schema to this version. Until it has, reads and writes fail.</summary>
    /// <exception cref="ArchiveSchemaException">It is newer.</exception>
    /// <exception cref="ArchiveSettingsException">The database is there and does not let us in.</exception>
    Task MigrateAsync(CancellationToken cancellationToken);

    /// <summary>True when <see cref="MigrateAsync"/> failed by what passes: a server that is not there.</summary>
    bool IsAway(Exception exception);

    /// <summary>Writes all of it durably, or nothing and throws.</summary>
    Task WriteAsync(AppendPlan plan, CancellationToken cancellationToken);

    Task WriteProbeAsync(string mark, CancellationToken cancellationToken);

    Task<string?> ReadProbeAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Runs a read on a connection of its own, away from the caller's scheduler; it ends early when its caller goes away.
    /// </summary>
    /// <exception cref="ArchiveBusyException">Too many others read.</exception>
    Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellationToken);
}
