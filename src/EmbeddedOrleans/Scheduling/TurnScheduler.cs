using EmbeddedOrleans.Activations;

namespace EmbeddedOrleans.Scheduling;

/// <summary>
/// One queue of turns, run one at a time and in order. Being a <see cref="TaskScheduler"/> it also gets the
/// continuations of all that is awaited in its turns, so code of one activation never runs on two threads at once.
/// </summary>
internal sealed class TurnScheduler(SiloWork work, Activation? activation) : TaskScheduler, IThreadPoolWorkItem
{
    private static readonly Action<object?> RunSliceAction = static self => ((TurnScheduler)self!).RunSlice();

    private readonly Queue<object> _queue = new();
    private bool _scheduled;

    /// <summary>Adds a <see cref="Task"/> or an <see cref="ITurn"/>.</summary>
    public void Enqueue(object turn)
    {
        lock (_queue)
        {
            _queue.Enqueue(turn);
            if (_scheduled) return;
            _scheduled = true;
        }

        work.Queue(this);
    }

    /// <summary>Runs an asynchronous function in this order; its outcome is the returned task.</summary>
    public Task RunAsync(Func<Task> function) =>
        Task.Factory.StartNew(function, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    public void Post(Action action) =>
        _ = Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this);

    void IThreadPoolWorkItem.Execute()
    {
        var callerActivation = RuntimeContext.Current;
        var callerContext = SynchronizationContext.Current;
        RuntimeContext.Current = activation;

        // A synchronization context would draw the continuations away from this scheduler.
        if (callerContext is not null) SynchronizationContext.SetSynchronizationContext(null);

        // Awaits look at the scheduler of the running task, so turns run inside one.
        new Task(RunSliceAction, this, TaskCreationOptions.DenyChildAttach).RunSynchronously(this);

        if (callerContext is not null) SynchronizationContext.SetSynchronizationContext(callerContext);
        RuntimeContext.Current = callerActivation;

        lock (_queue)
        {
            if (_queue.Count == 0)
            {
                _scheduled = false;
                return;
            }
        }

        work.Queue(this);
    }

    protected override void QueueTask(Task task) => Enqueue(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && (task.AsyncState == this || Current == this) && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_queue) return [.. _queue.OfType<Task>()];
    }

    private void RunSlice()
    {
        var clean = ExecutionContext.Capture();
        for (var turns = work.TurnsPerSlice; turns > 0 && !work.IsKilled; turns--)
        {
            object? turn;
            lock (_queue)
            {
                if (!_queue.TryDequeue(out turn)) return;
            }

            if (turn is Task task)
            {
                TryExecuteTask(task);
                continue;
            }

            ((ITurn)turn).Run();

            // What one request sets in async locals must not be seen by the next.
            if (clean is not null) ExecutionContext.Restore(clean);
        }
    }
}
