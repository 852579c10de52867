using System.Diagnostics.CodeAnalysis;
using EmbeddedOrleans.Diagnostics;

namespace EmbeddedOrleans.Storage.Sqlite;

/// <summary>
/// Copies the write-ahead log into the file while the writer goes on, so that no group waits for it. As the writer
/// appends meanwhile, each pass leaves a smaller rest; when that is small the writer copies the last of it between two
/// groups, which is what lets SQLite begin the log anew.
/// </summary>
[SuppressMessage(
    "Design", "CA1001", Justification = "The connection belongs to the thread, which closes it when it ends.")]
internal sealed class StoreCheckpointer(EmbeddedStoreOptions options, EngineLog log)
{
    private const int PassesMax = 4;
    private const int RestPagesMax = 256;

    private readonly AutoResetEvent _wanted = new(initialState: false);
    private Thread? _thread;
    private SqliteConnection? _connection;
    private volatile bool _isStopping;
    private volatile bool _isBusy;
    private volatile bool _isRestSmall;

    /// <summary>Whether the writer should copy the rest now.</summary>
    public bool IsRestSmall => _isRestSmall;

    public void Start()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "EmbeddedOrleans checkpointer" };
        _thread.Start();
    }

    /// <summary>Begins to copy, if it is not under way.</summary>
    public void Request()
    {
        if (_isBusy || _isRestSmall) return;

        _isBusy = true;
        _wanted.Set();
    }

    /// <summary>The writer has copied the rest, or could not.</summary>
    public void OnRestCopied() => _isRestSmall = false;

    public void Stop()
    {
        _isStopping = true;
        _wanted.Set();
        _thread?.Join();
    }

    private void Run()
    {
        while (true)
        {
            _wanted.WaitOne();
            if (_isStopping) break;

            try
            {
                Copy();
                _isRestSmall = true;
            }
            catch (SqliteException exception)
            {
                // The writer meets the same disk and deals with it; the next request begins with a new connection.
                if (!exception.IsBusy) log.CheckpointFailed(exception, options.Path);
                _connection?.Dispose();
                _connection = null;
            }

            _isBusy = false;
        }

        _connection?.Dispose();
    }

    private void Copy()
    {
        _connection ??= StoreSchema.OpenForCheckpoints(options);
        var copied = 0;
        for (var pass = 0; pass < PassesMax && !_isStopping; pass++)
        {
            var copiedBefore = copied;
            (_, copied) = _connection.Checkpoint();
            if (pass > 0 && copied - copiedBefore <= RestPagesMax) break;
        }
    }
}
