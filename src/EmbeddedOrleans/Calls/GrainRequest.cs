using System.Diagnostics;
using System.Reflection;
using EmbeddedOrleans.Activations;
using EmbeddedOrleans.Scheduling;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace EmbeddedOrleans.Calls;

/// <summary>
/// One call on its way: the arguments (in the emitted subclass), the promise to the caller (in
/// <see cref="VoidRequest"/> and <see cref="ResultRequest{TResult}"/>) and what the activation must know to admit it.
/// </summary>
internal abstract class GrainRequest(GrainMethod method) : IInvokable, ITurn
{
    private object? _target;

    public GrainMethod Method { get; } = method;

    public GrainReference Reference { get; set; } = null!;

    /// <summary>The calling activation, or null for a client.</summary>
    public Activation? Source { get; set; }

    /// <summary>The activation that has the request.</summary>
    public Activation? Activation { get; set; }

    /// <summary>The request context of the caller; never changed once it is here.</summary>
    public Dictionary<string, object>? Context { get; set; }

    public CallCancellation? Cancellation { get; private set; }

    /// <summary>When it was sent, as a timestamp; -1 unless somebody measures.</summary>
    public long StartedAt { get; set; } = -1;

    /// <summary>
    /// The span of the caller until the call starts, then that of the call; only when calls are traced.
    /// </summary>
    public Activity? Span { get; set; }

    public bool OwnsSpan { get; set; }

    // Membership in a TimeoutLane, under its lock.
    public TimeoutLane? Lane { get; set; }

    public GrainRequest? LanePrevious { get; set; }

    public GrainRequest? LaneNext { get; set; }

    public long Deadline { get; set; }

    public virtual bool IsKeepAlive => true;

    public virtual bool AlwaysInterleaves => Method.AlwaysInterleaves;

    public virtual bool IsReadOnly => Method.IsReadOnly;

    public bool IsOneWay => Method.IsOneWay;

    public bool IsCancellable => Cancellation is not null;

    /// <summary>Whether the request dies with its activation instead of going to the next: ticks of timers.</summary>
    public virtual bool IsLocal => false;

    /// <summary>Whether the caller already has an answer, because it timed out or cancelled.</summary>
    public abstract bool IsAnswered { get; }

    void ITurn.Run() => Activation!.Accept(this);

    /// <summary>
    /// Calls the grain and sees to it that <see cref="Activation.OnCompleted"/> follows, now or later.
    /// </summary>
    public abstract void Execute(object grain);

    public abstract void Fail(Exception exception);

    /// <summary>Answers with what the call filters left.</summary>
    public abstract void Complete(Response response);

    public abstract ValueTask<Response> Invoke();

    /// <summary>Called by proxies for methods that take a cancellation token.</summary>
    public void SetCancellation(CancellationToken token)
    {
        if (token.CanBeCanceled) Cancellation = new CallCancellation(this, token);
    }

    public CancellationToken GetCancellationToken() => Cancellation?.GrainToken ?? default;

    public bool TryCancel()
    {
        Cancellation?.CancelGrain();
        return Cancellation is not null;
    }

    public object? GetTarget() => _target;

    public void SetTarget(ITargetHolder holder) => _target = holder.GetTarget();

    public virtual int GetArgumentCount() => 0;

    public virtual object? GetArgument(int index) => throw new ArgumentOutOfRangeException(nameof(index));

    public virtual void SetArgument(int index, object value) => throw new ArgumentOutOfRangeException(nameof(index));

    public string GetMethodName() => Method.Method.Name;

    public string GetInterfaceName() => Method.InterfaceType.Name;

    public string GetActivityName() => Method.ActivityName;

    public MethodInfo GetMethod() => Method.Method;

    public Type GetInterfaceType() => Method.InterfaceType;

    public TimeSpan? GetDefaultResponseTimeout() => Method.ResponseTimeout;

    void IDisposable.Dispose()
    {
        // Requests are not pooled.
    }

    public override string ToString() =>
        $"[{Source?.GrainId.ToString() ?? "client"} {Reference.GrainId}]{Method.ActivityName}()";

    protected static InvalidOperationException NoTask(GrainMethod method) =>
        new($"{method.ActivityName} returned null instead of a task.");
}
