using System.Diagnostics.CodeAnalysis;
using EmbeddedOrleans.Scheduling;

namespace EmbeddedOrleans.Calls;

/// <summary>
/// Carries a caller's cancellation to the grain: the caller stops waiting at once, the grain's own token is cancelled
/// in
/// a turn of the grain, and a request that has not started never does.
/// </summary>
[SuppressMessage(
    "Design", "CA1001", Justification = "A source without a timer holds nothing, and may be cancelled after the call.")]
internal sealed class CallCancellation(GrainRequest request, CancellationToken callerToken) : ITurn
{
    private readonly CancellationTokenSource _grainSource = new();
    private CancellationTokenRegistration _registration;

    public CancellationToken GrainToken => _grainSource.Token;

    public CancellationToken CallerToken => callerToken;

    public void Start() =>
        _registration = callerToken.UnsafeRegister(static self => ((CallCancellation)self!).OnCallerCancelled(), this);

    public void CancelGrain() => request.Activation?.Turns.Enqueue(this);

    public void Stop() => _registration.Dispose();

    void ITurn.Run()
    {
        try
        {
            _grainSource.Cancel();
        }
        catch (AggregateException exception)
        {
            request.Activation!.Runtime.Log.CancellationCallbackFailed(exception, request);
        }
    }

    private void OnCallerCancelled()
    {
        request.Fail(new TaskCanceledException("The caller cancelled the call.", innerException: null, callerToken));
        CancelGrain();
    }
}
