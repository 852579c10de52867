using EmbeddedOrleans.Activations;
using EmbeddedOrleans.Calls;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace EmbeddedOrleans.Timers;

/// <summary>
/// A timer of an activation. It is its own request: a tick queues the timer itself, so a tick allocates nothing, and
/// the
/// clock is armed again only when the callback has ended, so there is never more than one tick under way.
/// </summary>
internal abstract class GrainTimer : GrainRequest, IGrainTimer
{
    private static readonly GrainMethod TickMethod =
        new(typeof(
            IGrainTimerInvoker), typeof(IGrainTimerInvoker).GetMethod(nameof(IGrainTimerInvoker.InvokeCallbackAsync))!);

    private readonly ITimer _timer;
    private readonly CancellationTokenSource _disposed = new();
    private readonly bool _interleave;
    private readonly bool _keepAlive;
    private TimeSpan _dueTime;
    private TimeSpan _period;
    private Task? _running;
    private bool _changed;
    private int _ticking;

    protected GrainTimer(Activation activation, GrainTimerCreationOptions options)
        : base(TickMethod)
    {
        Activation = activation;
        Reference = activation.GrainReference;
        _interleave = options.Interleave;
        _keepAlive = options.KeepAlive;
        using (ExecutionContext.SuppressFlow())
        {
            _timer = activation.Runtime.Clock.CreateTimer(
                static self => ((GrainTimer)self!).OnTime(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    public override bool IsLocal => true;

    public override bool IsAnswered => _disposed.IsCancellationRequested;

    public override bool IsKeepAlive => _keepAlive;

    public override bool AlwaysInterleaves => _interleave;

    public void Start(GrainTimerCreationOptions options) => Change(options.DueTime, options.Period);

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        Validate(dueTime, nameof(dueTime));
        Validate(period, nameof(period));
        _dueTime = dueTime;
        _period = period;
        _changed = true;

        // During a tick both times count from its end.
        if (Volatile.Read(ref _ticking) == 0) Arm(dueTime);
    }

    public override void Execute(object grain)
    {
        _changed = false;
        try
        {
            _running = Call(_disposed.Token) ?? Task.CompletedTask;
        }
        catch (Exception exception)
        {
            _running = Task.FromException(exception);
        }

        if (_running.IsCompleted)
        {
            OnTickEnded();
        }
        else
        {
            _running.GetAwaiter().UnsafeOnCompleted(OnTickEnded);
        }
    }

    public override ValueTask<Response> Invoke() => throw new NotSupportedException("Ticks do not pass call filters.");

    public override void Complete(Response response)
    {
    }

    public override void Fail(Exception exception)
    {
    }

    public void Dispose()
    {
        if (_disposed.IsCancellationRequested) return;

        _timer.Dispose();
        try
        {
            _disposed.Cancel();
        }
        catch (AggregateException exception)
        {
            Activation!.Runtime.Log.CancellationCallbackFailed(exception, this);
        }

        Activation!.OnTimerDisposed(this);
    }

    protected abstract Task Call(CancellationToken cancellationToken);

    private static void Validate(TimeSpan time, string name)
    {
        var milliseconds = (long)time.TotalMilliseconds;
        ArgumentOutOfRangeException.ThrowIfLessThan(milliseconds, -1, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(milliseconds, 0xfffffffe, name);
    }

    private void OnTime()
    {
        // A change that raced with the clock can make it strike twice; the tick that is under way stands for both.
        if (Interlocked.Exchange(ref _ticking, 1) == 0) Activation!.TryPost(this);
    }

    private void OnTickEnded()
    {
        var failure = _running!.Exception?.InnerException;
        if (failure is not null) Activation!.Runtime.Log.TimerCallbackFailed(failure, Activation.GrainId);
        _running = null;
        Volatile.Write(ref _ticking, 0);
        Arm(_changed ? _dueTime : _period);
        Activation!.OnCompleted(this, failure);
    }

    private void Arm(TimeSpan dueTime)
    {
        if (!_disposed.IsCancellationRequested) _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
    }

    // What a call filter or an interleaving predicate sees as the method of a tick.
    private interface IGrainTimerInvoker
    {
        Task InvokeCallbackAsync();
    }
}
