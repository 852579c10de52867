using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Waqtor.Events;

namespace Waqtor.Archive;

/// <summary>
/// Writes what many callers append in few transactions: whatever came while one transaction was being written is the
/// next one. Under load transactions begin no more often than the pace allows, so that each is large and its pages are
/// written once for many rows; the first after a quiet moment begins at once. A caller's events are in one transaction, whole or not at all. When a shared transaction fails, each
/// call gets one of its own, so that nobody pays for another's events.
/// </summary>
internal sealed partial class ArchiveWriter : IArchiveWriter, IAsyncDisposable
{
    private readonly IArchiveStore _store;
    private readonly ArchiveMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly ILogger<ArchiveWriter> _logger;
    private readonly int _eventsMax;
    private readonly TimeSpan _pace;
    private readonly Channel<AppendCall> _calls;
    private readonly Task _loop;

    public ArchiveWriter(
        IArchiveStore store, IOptions<ArchiveOptions> options, ArchiveMetrics metrics, TimeProvider clock, ILogger<ArchiveWriter> logger)
    {
        _store = store;
        _metrics = metrics;
        _clock = clock;
        _logger = logger;
        _eventsMax = options.Value.EventsPerTransactionMax;
        _pace = TimeSpan.FromMilliseconds(options.Value.TransactionPaceMilliseconds);
        _calls = Channel.CreateBounded<AppendCall>(new BoundedChannelOptions(options.Value.WaitingCallsMax) { SingleReader = true });
        // On the pool, never on the scheduler of the grain that happens to make this.
        _loop = Task.Run(RunAsync);
    }

    public async Task AppendAsync(IReadOnlyList<DomainEvent> events, CancellationToken cancellationToken = default)
    {
        if (events.Count == 0) return;
        var call = new AppendCall(events, cancellationToken);
        await _calls.Writer.WriteAsync(call, cancellationToken);
        await call.Done;
    }

    /// <summary>Writes what waits, then ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _calls.Writer.TryComplete();
        await _loop;
    }

    private async Task RunAsync()
    {
        var reader = _calls.Reader;
        var group = new List<AppendCall>();
        while (await reader.WaitToReadAsync())
        {
            group.Clear();
            for (var events = 0; events < _eventsMax && reader.TryRead(out var call);)
            {
                if (!call.Begin()) continue;
                group.Add(call);
                events += call.Events.Count;
            }

            var started = _clock.GetTimestamp();
            await WriteGroupAsync(group);
            var rest = _pace - _clock.GetElapsedTime(started);
            if (rest > TimeSpan.Zero) await Task.Delay(rest, _clock);
        }
    }

    private async Task WriteGroupAsync(List<AppendCall> group)
    {
        if (group.Count == 0) return;
        var failure = await TryWriteAsync(group);
        if (failure is null) return;
        if (group.Count == 1)
        {
            Fail(group[0], failure);
            return;
        }

        LogGroupFailed(failure, group.Count);
        foreach (var call in group)
        {
            if (await TryWriteAsync([call]) is { } own) Fail(call, own);
        }
    }

    private async Task<Exception?> TryWriteAsync(List<AppendCall> calls)
    {
        try
        {
            var started = _clock.GetTimestamp();
            var plan = new AppendPlan(calls.Sum(static call => call.Events.Count));
            foreach (var call in calls) plan.Add(call.Events);
            // Not cancelled by a caller: others may be in the same transaction.
            await _store.WriteAsync(plan, CancellationToken.None);
            _metrics.Written(plan.EventCount, _clock.GetElapsedTime(started));
        }
        catch (Exception exception)
        {
            return exception;
        }

        foreach (var call in calls) call.Succeed();
        return null;
    }

    private void Fail(AppendCall call, Exception exception)
    {
        _metrics.Failed();
        LogAppendFailed(exception, call.Events.Count);
        call.Fail(exception);
    }
}
