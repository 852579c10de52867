using EmbeddedOrleans.Activations;
using Orleans.Serialization.Invocation;

namespace EmbeddedOrleans.Calls;

/// <summary>A request with a result.</summary>
internal abstract class ResultRequest<TResult>(GrainMethod method) : GrainRequest(method)
{
    private readonly TaskCompletionSource<TResult> _promise = new();
    private Task<TResult>? _running;

    public Task<TResult> Answer => _promise.Task;

    public override bool IsAnswered => _promise.Task.IsCompleted;

    /// <summary>The call itself, emitted.</summary>
    public abstract Task<TResult> Call(object grain);

    public sealed override void Execute(object grain)
    {
        try
        {
            _running = Call(grain) ?? throw NoTask(Method);
        }
        catch (Exception exception)
        {
            _running = Task.FromException<TResult>(exception);
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

    public sealed override async ValueTask<Response> Invoke() => Response.FromResult(await Call(GetTarget()!));

    public sealed override void Complete(Response response)
    {
        if (response.Exception is { } exception)
        {
            Fail(exception);
        }
        else
        {
            _promise.TrySetResult(response.GetResult<TResult>());
        }
    }

    public sealed override void Fail(Exception exception) => _promise.TrySetException(exception);

    private void OnCallEnded()
    {
        Activation!.OnCompleted(this, _running!.Exception);
        _promise.TrySetFromTask(_running);
    }
}
