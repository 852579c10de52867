using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace Waqtor.Events;

/// <summary>
/// Tells what a grain has written to its outbox.
/// </summary>
/// <remarks>
/// The protocol, for every grain with an outbox:
/// 1. A decision appends its events to the outbox in the grain's state; one write makes both durable.
/// 2. After the write the grain calls <see cref="Start"/>. Only what that write covered is told: a turn that is still
///    writing may already have appended more, and nothing is told before it is durable.
/// 3. The events go by <see cref="EventPost"/>, together with those of other grains. The router is awaited, so an event leaves the outbox only when the archive has it. It leaves the list in memory
///    at once and the store with the grain's next write; a crash in between tells it again, and consumers drop ids
///    they have seen.
/// 4. A failure keeps the events and tries again, 1 s later at first and at most every minute. A write in between tries at once, too, but
///    makes the wait no longer: a grain that writes much would otherwise wait a minute for an outage of seconds.
/// 5. On activation the grain calls <see cref="Start"/> as well: what an earlier life left is told then.
/// Events of one grain are told in order, one call at a time.
/// </remarks>
public sealed partial class OutboxDispatcher(
    IGrainBase grain,
    EventPost post,
    Func<List<DomainEvent>> outbox,
    ILogger logger,
    Func<ImmutableArray<DomainEvent>, Task<ImmutableArray<DomainEvent>>>? prepare = null,
    Action? allTold = null)
{
    private const int EventsPerCallMax = 100;
    private static readonly TimeSpan RetryFirst = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryMax = TimeSpan.FromMinutes(1);

    private List<DomainEvent>? _list;
    private int _durable;
    private bool _isRunning;
    private bool _retryIsDue = true;
    private IGrainTimer? _retryTimer;
    private TimeSpan _retryIn = RetryFirst;

    /// <summary>True when events were told that the store still holds: the next write clears them there.</summary>
    public bool StoreIsBehind { get; private set; }

    /// <summary>Everything in the outbox is durable now: begins to tell it, if that is not already under way.</summary>
    public void Start()
    {
        _list = outbox();
        _durable = _list.Count;
        StoreIsBehind = false;
        Continue();
    }

    private void Continue()
    {
        if (_durable > 0 && !_isRunning) _ = RunAsync();
    }

    private async Task RunAsync()
    {
        _isRunning = true;
        // Begun inside a turn: let that turn answer its caller first.
        await Task.Yield();
        try
        {
            while (_durable > 0 && _list is { } list)
            {
                var events = ImmutableArray.Create(CollectionsMarshal.AsSpan(list)[..Math.Min(_durable, EventsPerCallMax)]);
                var prepared = prepare is null ? events : await prepare(events);
                await post.RouteAsync(prepared, alone: _retryIn > RetryFirst);
                Remove(events);
                _retryIn = RetryFirst;
                _retryIsDue = true;
            }

            // Nothing is kept for an outbox that is empty: most are, most of the time.
            _list = null;
            allTold?.Invoke();
        }
        catch (Exception exception)
        {
            // The timer that was set after an earlier failure still runs.
            if (!_retryIsDue) return;
            _retryIsDue = false;
            LogRouteFailed(logger, exception, _durable, _retryIn);
            _retryTimer?.Dispose();
            _retryTimer = grain.RegisterGrainTimer(
                _ =>
                {
                    _retryIsDue = true;
                    Continue();
                    return Task.CompletedTask;
                },
                new GrainTimerCreationOptions(_retryIn, Timeout.InfiniteTimeSpan));
            _retryIn = TimeSpan.FromTicks(Math.Min(_retryIn.Ticks * 2, RetryMax.Ticks));
        }
        finally
        {
            _isRunning = false;
        }
    }

    // The state may have been read anew meanwhile: then the told events are not at the front, or not there at all.
    private void Remove(ImmutableArray<DomainEvent> told)
    {
        if (_list is not { } list) return;
        foreach (var one in told)
        {
            var index = IndexOf(list, one.Id);
            if (index < 0) continue;
            list.RemoveAt(index);
            if (index < _durable) _durable--;
            StoreIsBehind = true;
        }
    }

    // Mostly the first.
    private static int IndexOf(List<DomainEvent> list, string id)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i].Id == id) return i;
        }

        return -1;
    }

    [LoggerMessage(1, LogLevel.Warning, "Telling {Count} events failed; trying again in {Delay}.")]
    private static partial void LogRouteFailed(ILogger logger, Exception exception, int count, TimeSpan delay);
}
