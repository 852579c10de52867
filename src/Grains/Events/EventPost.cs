using System.Collections.Immutable;
using Microsoft.Extensions.Options;

namespace Waqtor.Events;

/// <summary>
/// Gathers what the grains of this node tell at the same time: the router and the archive are then called once for many.
/// </summary>
/// <remarks>
/// There is no thread and no clock in it. A caller that finds a call free makes it, for itself and for those who wait; when
/// it is done, the first of those who came meanwhile makes the next. So nobody waits while nothing is under way, and the
/// busier the node, the larger the groups. A failure fails all of a group. Whoever comes again after one comes alone, so
/// that an event the archive cannot take holds up nobody else's.
/// </remarks>
public sealed class EventPost(IGrainFactory grains, IOptions<EventsOptions> options)
{
    private readonly Lock _gate = new();
    private readonly Queue<Letter> _waiting = new();
    private int _underWay;

    /// <summary>Completes when the archive has the events; fails when that is not certain.</summary>
    /// <param name="events">Of one grain, which has no other call under way: so its events keep their order.</param>
    /// <param name="alone">Not together with others' events.</param>
    public async Task RouteAsync(ImmutableArray<DomainEvent> events, bool alone = false)
    {
        if (alone)
        {
            await Router.RouteAsync(events);
            return;
        }

        var letter = new Letter(events);
        if (!TryBegin(letter) && await letter.Outcome.Task) return;

        var group = Gather(letter);
        try
        {
            await Router.RouteAsync(group.Count == 1 ? events : [.. group.SelectMany(one => one.Events)]);
            Answer(group, null);
        }
        catch (Exception exception)
        {
            Answer(group, exception);
            throw;
        }
        finally
        {
            HandOver();
        }
    }

    private IEventRouterGrain Router => grains.GetGrain<IEventRouterGrain>(0);

    private bool TryBegin(Letter letter)
    {
        lock (_gate)
        {
            if (_underWay < options.Value.RouteCallsMax)
            {
                _underWay++;
                return true;
            }

            _waiting.Enqueue(letter);
            return false;
        }
    }

    private List<Letter> Gather(Letter first)
    {
        var group = new List<Letter> { first };
        var events = first.Events.Length;
        lock (_gate)
        {
            while (_waiting.TryPeek(out var next) && events + next.Events.Length <= options.Value.RouteEventsMax)
            {
                events += next.Events.Length;
                group.Add(_waiting.Dequeue());
            }
        }

        return group;
    }

    private static void Answer(List<Letter> group, Exception? failure)
    {
        foreach (var letter in group.Skip(1))
        {
            if (failure is null) letter.Outcome.TrySetResult(true);
            else letter.Outcome.TrySetException(failure);
        }
    }

    private void HandOver()
    {
        Letter? next;
        lock (_gate)
        {
            if (!_waiting.TryDequeue(out next)) _underWay--;
        }

        next?.Outcome.TrySetResult(false);
    }

    /// <summary>What waits; its outcome is true when it was routed, false when its sender is to make the next call.</summary>
    private sealed record Letter(ImmutableArray<DomainEvent> Events)
    {
        public TaskCompletionSource<bool> Outcome { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
