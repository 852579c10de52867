using EmbeddedOrleans.Scheduling;

namespace Waqtor.Simulation.Time;

/// <summary>
/// Runs the turns of the server and the steps of the people outside on one thread, one at a time; which of those that
/// are ready comes next is the seed's choice.
/// </summary>
internal sealed class SeededScheduler(SeededRandom random) : TaskScheduler, IWorkScheduler
{
    private readonly List<object> _ready = [];
    private readonly int _thread = Environment.CurrentManagedThreadId;

    public int TurnsPerSlice => 1;

    public int Ready => _ready.Count;

    /// <summary>Folded into the trace: which choices were made.</summary>
    public ulong Choices { get; private set; } = 14695981039346656037;

    public long Steps { get; private set; }

    /// <summary>Set when something came from another thread, which no seed can order.</summary>
    public string? Leak { get; private set; }

    public void Queue(IThreadPoolWorkItem item) => Add(item);

    public void RunOne()
    {
        var index = random.Next(_ready.Count);
        var item = _ready[index];
        _ready[index] = _ready[^1];
        _ready.RemoveAt(_ready.Count - 1);
        Choices = (Choices ^ (ulong)(index + 1)) * 1099511628211;
        Steps++;
        if (item is Task task) TryExecuteTask(task);
        else ((IThreadPoolWorkItem)item).Execute();
    }

    /// <summary>Begins something that people outside do.</summary>
    public Task Begin(Func<Task> action) =>
        Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    protected override void QueueTask(Task task) => Add(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => _ready.OfType<Task>();

    private void Add(object item)
    {
        if (Environment.CurrentManagedThreadId == _thread)
        {
            _ready.Add(item);
            return;
        }

        lock (_ready) Leak ??= "Work came from another thread:\n" + Environment.StackTrace;
    }
}
