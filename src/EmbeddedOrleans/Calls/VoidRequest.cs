using EmbeddedOrleans.Activations;
using Orleans.Serialization.Invocation;

namespace EmbeddedOrleans.Calls;

/// <summary>A request without a result.</summary>
internal abstract class VoidRequest(GrainMethod method) : GrainRequest(method)
{
    // Answers are given in turns, where the runtime never runs a foreign continuation inline; so none of them has to
    // take the way over the thread pool, which a simulation could not control.
    private readonly TaskCompletionSource _promise = new();
    private Task? _running;

    public Task Answer => _promise.Task;

    public override bool IsAnswered => _promise.Task.IsCompleted;

    /// <summary>The call itself, emitted.</summary>
    public abstract Task Call(object grain);

    public sealed override void Execute(object grain)
    {
        try
        {
            _running = Call(grain) ?? throw NoTask(Method);
        }
        catch (Exception exception)
        {
            _running = Task.FromException(exception);
        }

        if (_running.IsCompleted)
        {
            OnCallEnded();
        }
        else
        {
            _running.GetAwaiter().UnsafeOnCompleted(OnCallEnded);
        }
    }

    public sealed override async ValueTask<Response> Invoke()
    {
        await Call(GetTarget()!);
        return Response.Completed;
    }

    public sealed override void Complete(Response response)
    {
        if (response.Exception is { } exception)
        {
            Fail(exception);
        }
        else
        {
            _promise.TrySetResult();
        }
    }

    public sealed override void Fail(Exception exception)
    {
        if (!IsOneWay) _promise.TrySetException(exception);
    }

    private void OnCallEnded()
    {
        Activation!.OnCompleted(this, _running!.Exception);

        // Nobody waits for a one-way call, and nobody would observe its exception.
        if (!IsOneWay) _promise.TrySetFromTask(_running);
    }
}
