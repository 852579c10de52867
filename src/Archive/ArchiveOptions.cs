namespace Waqtor.Archive;

/// <summary>Where the searchable history is kept. Section <c>Waqtor:Archive</c>.</summary>
public sealed class ArchiveOptions
{
    public const string Section = "Archive";

    /// <summary><c>sqlite</c> (one file, one machine) or <c>postgres</c> (any number of machines). Default: <c>sqlite</c>.</summary>
    public string Provider { get; set; } = SqliteProvider;

    /// <summary>The file of the SQLite archive. Default: <c>archive.db</c> in <c>Waqtor:DataPath</c>.</summary>
    public string? Path { get; set; }

    /// <summary>
    /// How to reach PostgreSQL (15 or later), as Npgsql writes it. Needed with <c>postgres</c>. Where it names no
    /// <c>Maximum Pool Size</c> a node makes 20 connections at most. Default: none.
    /// </summary>
    public string? ConnectionString { get; set; }

    /// <summary>Events written in one transaction at most; one call's events are never split. Default: 4000. 1 to 100,000.</summary>
    public int EventsPerTransactionMax { get; set; } = 4000;

    /// <summary>
    /// Milliseconds from the begin of one transaction to that of the next while there is always more to write; the
    /// first after a quiet moment begins at once. 0: no pace. Default: 20. 0 to 1,000.
    /// </summary>
    public int TransactionPaceMilliseconds { get; set; } = 20;

    /// <summary>Calls that may wait for their transaction; more wait to be let in. Default: 1024. 1 to 100,000.</summary>
    public int WaitingCallsMax { get; set; } = 1024;

    /// <summary>
    /// Messages (newest first) that one page of a text search looks through; when it found too few, the page's cursor
    /// goes on from there. Default: 50,000. 100 to 1,000,000.
    /// </summary>
    public int SearchRowsMax { get; set; } = 50_000;

    /// <summary>
    /// Reads that run beside each other on a node: lists, searches, figures. More wait. Default: 4. 1 to 100.
    /// </summary>
    public int ReadsMax { get; set; } = 4;

    /// <summary>Reads that may wait for those that run; more are refused with 503. Default: 256. 0 to 100,000.</summary>
    public int WaitingReadsMax { get; set; } = 256;

    /// <summary>Seconds a read waits for those that run before it is refused with 503. Default: 10. 1 to 300.</summary>
    public int ReadWaitSeconds { get; set; } = 10;

    internal const string SqliteProvider = "sqlite";
    internal const string PostgresProvider = "postgres";
}
