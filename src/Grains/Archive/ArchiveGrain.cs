using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Waqtor.Events;

namespace Waqtor.Archive;

/// <inheritdoc cref="IArchiveGrain" />
/// <remarks>
/// Reentrant, so that callers gather while a transaction runs and share the next one. The invariant: one transaction at
/// a time, in order of arrival. A failure fails the callers in it, who keep their outbox and come again.
/// </remarks>
[GrainType("archive")]
[Reentrant]
public sealed partial class ArchiveGrain(
    IArchiveWriter writer,
    IOptions<ArchiveGrainOptions> options,
    ArchiveGrainMetrics metrics,
    TimeProvider clock,
    ILogger<ArchiveGrain> logger) : Grain, IArchiveGrain, IDisposable
{
    private readonly ArchiveQueue _queue = new(options.Value.WriteEventsMax, options.Value.QueueEventsMax);
    private readonly CancellationTokenSource _stopping = new();
    private Task _writing = Task.CompletedTask;

    public Task AppendAsync(ImmutableArray<DomainEvent> events)
    {
        if (events.IsDefaultOrEmpty) return Task.CompletedTask;
        if (_queue.Enqueue(events) is not { } done)
        {
            throw new LimitExceededException("The archive is behind; the limit is Waqtor:Archive:QueueEventsMax.");
        }

        if (_writing.IsCompleted) _writing = WriteAllAsync();
        return done;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        // Callers that still wait get an error from the cancelled transaction and tell their events again.
        await _stopping.CancelAsync();
        await _writing.WaitAsync(cancellationToken);
    }

    public void Dispose() => _stopping.Dispose();

    private async Task WriteAllAsync()
    {
        // Let the turn that began this end first: calls that are already waiting join the first transaction.
        await Task.Yield();
        while (_queue.Callers > 0)
        {
            var callers = _queue.Take();
            var started = clock.GetTimestamp();
            try
            {
                _stopping.Token.ThrowIfCancellationRequested();
                var events = callers.Count == 1 ? callers[0].Events : [.. callers.SelectMany(caller => caller.Events)];
                foreach (var write in events.Chunk(options.Value.WriteEventsMax))
                {
                    await writer.AppendAsync(write, _stopping.Token);
                }

                metrics.Written(events.Length, clock.GetElapsedTime(started));
                _queue.Succeeded(callers);
            }
            catch (Exception exception)
            {
                metrics.Failed();
                LogWriteFailed(logger, exception, callers.Count);
                _queue.Failed(callers, exception);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "An archive transaction of {Callers} callers failed; they keep their events.")]
    private static partial void LogWriteFailed(ILogger logger, Exception exception, int callers);
}
