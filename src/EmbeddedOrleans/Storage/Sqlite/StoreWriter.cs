using System.Diagnostics.CodeAnalysis;
using EmbeddedOrleans.Diagnostics;

namespace EmbeddedOrleans.Storage.Sqlite;

/// <summary>
/// The one thread that writes. It takes all that waits, runs it as one transaction, and only after the commit (in WAL
/// mode with synchronous=FULL: after the fsync) answers the waiters. After any error of the disk the connection is
/// closed: SQLite and the kernel may both believe that pages of a failed sync are clean. The next connection first
/// copies the log into the file and begins a new log, so that nothing is appended to pages that may be lost.
/// </summary>
[SuppressMessage(
    "Design", "CA1001", Justification = "The connection belongs to the thread, which closes it when it ends.")]
internal sealed class StoreWriter(
    EmbeddedStoreOptions options,
    TimeProvider clock,
    WriteQueue queue,
    IReadOnlyList<ICommitObserver> observers,
    EngineLog log,
    StoreMetrics metrics)
{
    private const int PageBytes = 4096;
    private static readonly TimeSpan ReopenInterval = TimeSpan.FromMilliseconds(250);


    private readonly StoreCheckpointer _checkpointer = new(options, log);
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WriteStatements? _statements;
    private Exception? _reopenFailure;
    private Exception? _toldFailure;
    private long _reopenFailedAt;
    private int _loggedPages;
    private volatile bool _isKilled;

    public Task Stopped => _stopped.Task;

    /// <summary>Opens the file, with all checks, and starts the thread.</summary>
    public void Start()
    {
        _statements = new WriteStatements(StoreSchema.Open(options, options.CheckIntegrity));
        if (options.Synchronous == StoreSynchronous.Off) log.StoreIsNotSynchronous(options.Path);
        _checkpointer.Start();
        new Thread(Run) { IsBackground = true, Name = "EmbeddedOrleans store" }.Start();
    }

    /// <summary>Ends as a crash would: nothing that has not been committed will be.</summary>
    public void Kill() => _isKilled = true;

    private void Run()
    {
        while (queue.TakeGroup() is { } group)
        {
            if (_isKilled) break;

            try
            {
                ExecuteUntilNotBusy(group);
            }
            catch (Exception exception)
            {
                // Whatever it was, nothing of this group may be taken for written.
                Fail(group, exception);
            }

            queue.OnGroupDone();
        }

        _checkpointer.Stop();
        Close();
        _stopped.TrySetResult();
    }

    private void ExecuteUntilNotBusy(List<StoreWrite> group)
    {
        while (!_isKilled)
        {
            if (group.TrueForAll(static w => w.IsAbandoned)) return;

            try
            {
                Execute(group);
                return;
            }
            catch (SqliteException exception) when (exception.IsBusy)
            {
                // Somebody else holds the file; nothing has happened yet. The queue's watch bounds the patience.
                log.StoreIsLocked(options.Path);
                if (_statements is not null) TryRollback();
            }
        }
    }

    private void Execute(List<StoreWrite> group)
    {
        var started = metrics.CommitStarted();
        var statements = _statements ??= TryReopen();
        statements.Begin();
        foreach (var write in group)
        {
            if (!write.IsAbandoned) write.Execute(statements);
        }

        foreach (var observer in observers) observer.OnCommitting(group.Count);
        if (_isKilled) return;

        statements.Commit();
        foreach (var observer in observers) observer.OnCommitted(group.Count);
        metrics.CommitEnded(started, group.Count);
        if (_isKilled) return;

        foreach (var write in group) write.Complete();
        CareForLog(statements);
    }

    private void CareForLog(WriteStatements statements)
    {
        _loggedPages += statements.TakeWrittenPages();
        if (_loggedPages < options.CheckpointBytes / PageBytes) return;

        if (!_checkpointer.IsRestSmall)
        {
            _checkpointer.Request();
            return;
        }

        try
        {
            var (logged, copied) = statements.Checkpoint();
            _loggedPages = logged - copied;
        }
        catch (SqliteException exception)
        {
            // The group is committed. A disk that refused the copy refuses the next group too if it stays ill.
            log.CheckpointFailed(exception, options.Path);
            if (!exception.IsBusy) Close();
        }

        _checkpointer.OnRestCopied();
    }

    // A disk that is ill is not asked for every group: in between they fail with what it said last.
    private WriteStatements TryReopen()
    {
        if (_reopenFailure is not null && clock.GetElapsedTime(_reopenFailedAt) < ReopenInterval) throw _reopenFailure;

        try
        {
            var statements = Reopen();
            _reopenFailure = null;
            return statements;
        }
        catch (Exception exception) when (exception is not SqliteException { IsBusy: true })
        {
            _reopenFailure = exception;
            _reopenFailedAt = clock.GetTimestamp();
            throw;
        }
    }

    private WriteStatements Reopen()
    {
        var connection = StoreSchema.Open(options, checkIntegrity: false);
        try
        {
            // Before the statements: they begin with a write.
            connection.CheckpointAndTruncate();
            var statements = new WriteStatements(connection);
            log.StoreReopened(options.Path);
            return statements;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private void Fail(List<StoreWrite> group, Exception exception)
    {
        // Groups that fail with the same exception, because the disk was not asked again, are told of once.
        if (!ReferenceEquals(exception, _toldFailure)) log.CommitFailed(exception, group.Count, options.Path);
        _toldFailure = exception;
        Close();
        var failure = new StorageUnavailableException(
            $"The store {options.Path} failed: {exception.Message}", exception);
        foreach (var write in group) write.TrySetException(failure);
    }

    private void TryRollback()
    {
        try
        {
            _statements!.Rollback();
        }
        catch (SqliteException)
        {
            // There was no transaction: BEGIN itself had met the lock.
        }
    }

    private void Close()
    {
        var statements = _statements;
        _statements = null;
        statements?.Dispose();
    }
}
