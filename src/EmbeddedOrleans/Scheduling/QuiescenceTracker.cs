namespace EmbeddedOrleans.Scheduling;

/// <summary>
/// Counts turns and storage operations under way, so that a test can wait for the moment when nothing happens until
/// time moves on or somebody calls. Only there when asked for; without it nothing is counted.
/// </summary>
public sealed class QuiescenceTracker
{
    private readonly Lock _gate = new();
    private long _active;
    private long _entered;
    private TaskCompletionSource? _idle;

    /// <summary>Something begins: also for tests whose fake peers work on their own threads.</summary>
    public void Enter()
    {
        lock (_gate)
        {
            _active++;
            _entered++;
        }
    }

    public void Exit()
    {
        TaskCompletionSource? idle = null;
        lock (_gate)
        {
            if (--_active == 0)
            {
                idle = _idle;
                _idle = null;
            }
        }

        idle?.SetResult();
    }

    /// <summary>
    /// Completes when nothing is under way. Work that hops over the thread pool between two turns is given some time
    /// on the pool to come back before the silence is believed.
    /// </summary>
    public async Task WhenIdleAsync(CancellationToken cancellationToken = default)
    {
        const int SilentRoundsNeeded = 4;
        var seen = -1L;
        for (var silentRounds = 0; silentRounds < SilentRoundsNeeded;)
        {
            await WhenZero().WaitAsync(cancellationToken).ConfigureAwait(false);
            await Task.Run(static () => { }, cancellationToken).ConfigureAwait(false);
            var entered = Volatile.Read(ref _entered);
            silentRounds = entered == seen ? silentRounds + 1 : 0;
            seen = entered;
        }
    }

    private Task WhenZero()
    {
        lock (_gate)
        {
            if (_active == 0) return Task.CompletedTask;
            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _idle.Task;
        }
    }
}
