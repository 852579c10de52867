using Orleans.Runtime;

namespace EmbeddedOrleans.Storage.Sqlite;

/// <summary>One write on its way to the disk; its task is the waiter.</summary>
internal abstract class StoreWrite() : TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    private Exception? _failure;

    /// <summary>When it was queued, as a timestamp of the clock.</summary>
    public long QueuedAt { get; set; }

    /// <summary>Set while the group runs, told when the group is committed.</summary>
    public string? Answer { get; protected set; }

    public bool IsAbandoned => Task.IsCompleted;

    public void Execute(WriteStatements statements)
    {
        // A group that met a locked file runs again.
        _failure = null;
        Answer = null;
        Apply(statements);
    }

    public void Complete()
    {
        if (_failure is not null)
        {
            TrySetException(_failure);
        }
        else
        {
            TrySetResult(Answer);
        }
    }

    protected abstract void Apply(WriteStatements statements);

    /// <summary>Fails this write alone; the rest of its group goes on.</summary>
    protected void Refuse(Exception failure) => _failure = failure;
}
