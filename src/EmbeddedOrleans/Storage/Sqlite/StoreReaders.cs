using System.Collections.Concurrent;
using EmbeddedOrleans.Diagnostics;

namespace EmbeddedOrleans.Storage.Sqlite;

/// <summary>
/// A few threads with a connection each, so that a disk that does not answer holds up nothing but reads.
/// </summary>
internal sealed class StoreReaders(EmbeddedStoreOptions options, EngineLog log) : IDisposable
{
    private const string Query = "SELECT version, id, data FROM state WHERE grain = ?1 AND name = ?2";

    private readonly BlockingCollection<StoreRead> _waiting = [];

    public void Start()
    {
        for (var i = 0; i < options.ReaderCount; i++)
        {
            new Thread(Run) { IsBackground = true, Name = $"EmbeddedOrleans reader {i + 1}" }.Start();
        }
    }

    public void Enqueue(StoreRead read)
    {
        try
        {
            _waiting.Add(read);
        }
        catch (InvalidOperationException)
        {
            read.TrySetException(new StorageUnavailableException("The store is closed."));
        }
    }

    public void Dispose() => _waiting.CompleteAdding();

    private void Run()
    {
        SqliteConnection? connection = null;
        SqliteStatement? statement = null;
        foreach (var read in _waiting.GetConsumingEnumerable())
        {
            try
            {
                connection ??= new SqliteConnection(options.Path, isReader: true);
                statement ??= connection.Prepare(Query);
                read.TrySetResult(Find(statement, read));
            }
            catch (Exception exception)
            {
                // The next read begins with a new connection.
                log.ReadFailed(exception, options.Path);
                read.TrySetException(new StorageUnavailableException(
                    $"The store {options.Path} failed: {exception.Message}", exception));
                statement?.Dispose();
                connection?.Dispose();
                statement = null;
                connection = null;
            }
        }

        statement?.Dispose();
        connection?.Dispose();
    }

    private static StoredState Find(SqliteStatement statement, StoreRead read)
    {
        try
        {
            return statement.Bind(1, read.GrainId).Bind(2, read.StateName).Step()
                ? new StoredState(statement.GetBytes(2), new RecordVersion(statement.GetInt64(0), statement.GetInt64(1)).ToString())
                : default;
        }
        finally
        {
            statement.Reset();
        }
    }
}
