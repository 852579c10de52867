namespace Waqtor.Archive;

/// <summary>
/// Lets so many reads of the archive run beside each other and the others wait, without a thread: a few slow searches
/// take neither the threads nor the connections that acknowledgements and the archive's writer need.
/// </summary>
internal sealed class ReadGate(ArchiveOptions options, TimeProvider clock) : IDisposable
{
    private const string Key = "Waqtor:" + ArchiveOptions.Section + ":";

    private readonly SemaphoreSlim _places = new(options.ReadsMax);
    private int _waiting;

    /// <summary>Runs the read as soon as there is room for it.</summary>
    /// <exception cref="ArchiveBusyException">Too many wait, or this one has waited too long.</exception>
    /// <exception cref="OperationCanceledException">The caller went away while it waited.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> read, CancellationToken cancellationToken)
    {
        await EnterAsync(cancellationToken);
        try
        {
            return await read();
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();

    private async Task EnterAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_places.Wait(0, CancellationToken.None)) return;
        try
        {
            if (Interlocked.Increment(ref _waiting) > options.WaitingReadsMax)
            {
                throw new ArchiveBusyException($"Too many wait to read the archive; the limit is {Key}{nameof(options.WaitingReadsMax)}.");
            }

            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(options.ReadWaitSeconds), clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
            await _places.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ArchiveBusyException($"The archive's readers are busy; the limit is {Key}{nameof(options.ReadWaitSeconds)}.");
        }
        catch (OperationCanceledException)
        {
            // The caller's own token, not the linked one.
            throw new OperationCanceledException(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }
}
