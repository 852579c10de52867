using System.Collections.Concurrent;
using EmbeddedOrleans.Storage;

namespace EmbeddedOrleans.Tests.EmbeddedStore;

/// <summary>Watches commits, holds them up and makes them fail.</summary>
internal sealed class CommitProbe : ICommitObserver
{
    private readonly ManualResetEventSlim _mayCommit = new(initialState: true);
    private readonly ManualResetEventSlim _mayFinish = new(initialState: true);
    private readonly SemaphoreSlim _committing = new(0);
    private readonly SemaphoreSlim _committed = new(0);
    private volatile Exception? _failure;

    public ConcurrentQueue<int> Groups { get; } = new();

    /// <summary>From now on commits stop before they begin.</summary>
    public void HoldBeforeCommit() => _mayCommit.Reset();

    /// <summary>From now on commits stop between the end of the sync and the answers.</summary>
    public void HoldAfterCommit() => _mayFinish.Reset();

    public void Release()
    {
        _mayCommit.Set();
        _mayFinish.Set();
    }

    public void FailWith(Exception? failure) => _failure = failure;

    public async Task CommittingAsync() =>
        (await _committing.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBeTrue("No commit began within 30 s.");

    public async Task CommittedAsync() =>
        (await _committed.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBeTrue("No commit ended within 30 s.");

    public void OnCommitting(int writes)
    {
        _committing.Release();
        _mayCommit.Wait();
        if (_failure is { } failure) throw failure;
    }

    public void OnCommitted(int writes)
    {
        Groups.Enqueue(writes);
        _committed.Release();
        _mayFinish.Wait();
    }
}
