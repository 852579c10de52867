using System.Collections.Concurrent;

namespace EmbeddedOrleans.Tests;

/// <summary>
/// How tests and grains wait for each other: a grain stops at a named gate until the test opens it, and the test waits
/// until a grain has come to it. Also a notebook in which things are written in the order they happen.
/// </summary>
internal sealed class Gates
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, TaskCompletionSource> _opened = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _reached = new();
    private readonly ConcurrentQueue<string> _notes = new();

    public IReadOnlyList<string> Notes => [.. _notes];

    public void Note(string text)
    {
        _notes.Enqueue(text);
        Source(_reached, text).TrySetResult();
    }

    /// <summary>For grains: comes to the gate and waits until it is open.</summary>
    public Task PassAsync(string gate, CancellationToken cancellationToken = default)
    {
        Source(_reached, gate).TrySetResult();
        return Source(_opened, gate).Task.WaitAsync(cancellationToken);
    }

    /// <summary>For tests: waits until somebody has come to the gate or written the note.</summary>
    public async Task ReachedAsync(string gate)
    {
        try
        {
            await Source(_reached, gate).Task.WaitAsync(Patience, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Nobody came to '{gate}' within {Patience}. Notes: {string.Join("; ", Notes)}");
        }
    }

    public bool WasReached(string gate) => Source(_reached, gate).Task.IsCompleted;

    public void Open(string gate) => Source(_opened, gate).TrySetResult();

    private static TaskCompletionSource Source(
        ConcurrentDictionary<string, TaskCompletionSource> sources, string name) =>
        sources.GetOrAdd(
            name, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
