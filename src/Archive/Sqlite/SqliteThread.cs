using System.Collections.Concurrent;

namespace Waqtor.Archive;

/// <summary>
/// The one thread that uses the writing connection. SQLite blocks while it syncs; a thread of its own keeps that away
/// from the grains' scheduler and from the pool.
/// </summary>
internal sealed class SqliteThread : IDisposable
{
    private const int WaitingMax = 64;

    private readonly BlockingCollection<Action> _work = new(WaitingMax);
    private readonly Thread _thread;

    public SqliteThread(string name)
    {
        _thread = new Thread(Run) { Name = name, IsBackground = true };
        _thread.Start();
    }

    /// <summary>Runs <paramref name="work"/> after what was posted before. Its exception is the task's.</summary>
    /// <exception cref="ObjectDisposedException">The thread has ended.</exception>
    public Task RunAsync(Action work)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            _work.Add(() =>
            {
                try
                {
                    work();
                    done.SetResult();
                }
                catch (Exception exception)
                {
                    done.SetException(exception);
                }
            });
        }
        catch (InvalidOperationException)
        {
            throw new ObjectDisposedException(_thread.Name);
        }

        return done.Task;
    }

    /// <summary>Finishes what was posted, then ends the thread.</summary>
    public void Dispose()
    {
        if (_work.IsAddingCompleted) return;
        _work.CompleteAdding();
        _thread.Join();
        _work.Dispose();
    }

    private void Run()
    {
        foreach (var work in _work.GetConsumingEnumerable()) work();
    }
}
