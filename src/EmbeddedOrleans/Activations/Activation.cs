using EmbeddedOrleans.Calls;
using EmbeddedOrleans.Scheduling;
using EmbeddedOrleans.Timers;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;

namespace EmbeddedOrleans.Activations;

/// <summary>
/// One living grain. All of its fields are touched only in its own turns, so nothing here takes a lock; other threads
/// reach it by adding a turn. Requests: Activation.Requests.cs. Birth and death: Activation.Lifecycle.cs.
/// </summary>
internal sealed partial class Activation : ActivationTarget, IGrainContext, ITurn
{
    private HashSet<IDisposable>? _timers;
    private Dictionary<Guid, int>? _reentrantSections;
    private Dictionary<Type, object>? _components;
    private TaskCompletionSource? _ended;
    private GrainReference? _selfReference;

    public Activation(GrainId grainId, GrainClass grainClass, GrainRuntime runtime, WorkerPool? pool = null)
        : base(grainId)
    {
        Class = grainClass;
        Runtime = runtime;
        Pool = pool;
        Turns = new TurnScheduler(runtime.Work, this);
    }

    private Activation(GrainId grainId, GrainClass grainClass, GrainRuntime runtime, object instance)
        : this(grainId, grainClass, runtime)
    {
        GrainInstance = instance;
        _state = ActivationState.Active;
    }

    public GrainClass Class { get; }

    public GrainRuntime Runtime { get; }

    public TurnScheduler Turns { get; }

    public override IEnumerable<Activation> Activations => [this];

    public object? GrainInstance { get; private set; }

    public GrainReference GrainReference => _selfReference ??= new GrainReference(Runtime, GrainId);

    public IServiceProvider ActivationServices => _scope?.ServiceProvider ?? Runtime.Services;

    public Task Deactivated
    {
        get
        {
            var ended = Volatile.Read(ref _ended);
            if (ended is null)
            {
                var created = new TaskCompletionSource();
                ended = Interlocked.CompareExchange(ref _ended, created, null) ?? created;
                if (_state == ActivationState.Ended) ended.TrySetResult();
            }

            return ended.Task;
        }
    }

    private WorkerPool? Pool { get; }

    /// <summary>Wraps an object that exists already and is not a grain.</summary>
    public static Activation ForObserver(GrainId grainId, object observer, GrainRuntime runtime) =>
        new(grainId, GrainClass.ForObserver(observer.GetType()), runtime, observer);

    public object? GetTarget() => GrainInstance;

    public object? GetComponent(Type componentType) =>
        componentType.IsInstanceOfType(GrainInstance) ? GrainInstance : _components?.GetValueOrDefault(componentType);

    /// <summary>What other parts of the engine keep with an activation; only in its turns.</summary>
    public T GetOrAddComponent<T>()
        where T : class, new()
    {
        _components ??= [];
        if (_components.TryGetValue(typeof(T), out var component)) return (T)component;

        var created = new T();
        _components.Add(typeof(T), created);
        return created;
    }

    public bool Equals(IGrainContext? other) => ReferenceEquals(this, other);

    public IGrainTimer RegisterTimer<TState>(
        Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options)
    {
        if (RuntimeContext.Current != this)
        {
            throw new InvalidOperationException(
                "A grain timer can only be registered by its own grain, in one of its turns.");
        }

        var timer = new GrainTimer<TState>(this, callback, state, options);
        (_timers ??= []).Add(timer);
        timer.Start(options);
        return timer;
    }

    /// <summary>Forgets a timer; if that happens outside a turn, it is forgotten when the activation ends.</summary>
    public void OnTimerDisposed(IDisposable timer)
    {
        if (RuntimeContext.Current == this) _timers?.Remove(timer);
    }

    public void EnterReentrantSection(Guid id)
    {
        _reentrantSections ??= [];
        _reentrantSections[id] = _reentrantSections.GetValueOrDefault(id) + 1;
    }

    public void ExitReentrantSection(Guid id)
    {
        if (_reentrantSections is null || !_reentrantSections.TryGetValue(id, out var count)) return;

        if (count > 1)
        {
            _reentrantSections[id] = count - 1;
        }
        else
        {
            _reentrantSections.Remove(id);
        }
    }

    /// <summary>A line for the message of a timeout.</summary>
    public string Describe() =>
        $"Target {GrainId} is {_state}, runs {_running} and holds back {_waiting?.Count ?? 0} requests.";

    public override string ToString() => GrainId.ToString();
}
