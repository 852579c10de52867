namespace Waqtor.Archive;

/// <summary>All that differs in the SQL of the two databases, apart from how rows are written in bulk.</summary>
internal sealed class ArchiveDialect
{
    public static ArchiveDialect Sqlite { get; } = new()
    {
        KeyType = "TEXT",
        JsonType = "TEXT",
        // Compares ASCII letters without case, other letters exactly.
        Like = "LIKE",
        // The plus keeps the list away from the instance indexes: walking all in order and dropping what is not
        // allowed beats collecting whole instances to sort them.
        AnyInstance = "+instance IN @allowed",
        MigrationLock = null,
        // The one writer counts.
        Arrivals = "",
        SegmentType = "BIGINT",
    };

    public static ArchiveDialect Postgres { get; } = new()
    {
        // The same order and equality as SQLite's, whatever the database's locale.
        KeyType = "TEXT COLLATE \"C\"",
        // Checked on the way in, kept as it came; unlike JSONB it takes U+0000 and costs no second representation.
        JsonType = "JSON",
        Like = "ILIKE",
        AnyInstance = "instance = ANY(@allowed)",
        // Two silos may start at once. The number is only a name ("waqtor" in ASCII).
        Arrivals = "CREATE SEQUENCE arrivals;",
        // Larger than SQLite's: a server keeps more pages in memory, and a reader's look into a segment costs it more.
        SegmentType = "BIGINT DEFAULT (nextval('arrivals') / 262144)",
        MigrationLock = "SELECT pg_advisory_xact_lock(131260398989170)",
    };

    private ArchiveDialect()
    {
    }

    public required string KeyType { get; init; }

    public required string JsonType { get; init; }

    public required string Like { get; init; }

    /// <summary>What counts rows as they arrive.</summary>
    public required string Arrivals { get; init; }

    public required string SegmentType { get; init; }

    /// <summary>True for the instances in the parameter <c>allowed</c>.</summary>
    public required string AnyInstance { get; init; }

    public required string? MigrationLock { get; init; }

    /// <summary>Fills a migration's placeholders.</summary>
    public string Write(string sql) => sql
        .Replace("{key}", KeyType, StringComparison.Ordinal)
        .Replace("{json}", JsonType, StringComparison.Ordinal)
        .Replace("{arrivals}", Arrivals, StringComparison.Ordinal)
        .Replace("{segment}", SegmentType, StringComparison.Ordinal);
}
