using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Waqtor.Archive;
using Waqtor.Conversations;
using Waqtor.Devices;
using Waqtor.Realtime;

namespace Waqtor.Events;

/// <inheritdoc cref="IEventRouterGrain" />
/// <remarks>
/// The archive is the record and is awaited; the feed is a hint and never delays or fails an outbox. One worker per
/// node, because the feed's order rests on it: a grain tells its events one call at a time, all its calls meet in the
/// same worker, and the worker has one line per topic.
/// </remarks>
[GrainType("event-router")]
[StatelessWorker(1)]
[Reentrant]
public sealed partial class EventRouterGrain(
    IOptions<EventsOptions> options,
    IOptions<ArchiveGrainOptions> archiveOptions,
    EventsMetrics metrics,
    TimeProvider clock,
    ILogger<EventRouterGrain> logger) : Grain, IEventRouterGrain
{
    private readonly Dictionary<string, TopicOutlet> _outlets = new(StringComparer.Ordinal);

    public async Task RouteAsync(ImmutableArray<DomainEvent> events)
    {
        if (events.IsDefaultOrEmpty) return;
        await ArchiveAsync(events);
        await TellDeviceAsync(events);
        metrics.Routed(events.Length);
        foreach (var domainEvent in events) Publish(domainEvent);
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        foreach (var outlet in _outlets.Values) outlet.Stop();
        return Task.WhenAll(_outlets.Values.Select(outlet => outlet.Running)).WaitAsync(cancellationToken);
    }

    private Task ArchiveAsync(ImmutableArray<DomainEvent> events)
    {
        var shards = archiveOptions.Value.Shards;
        var first = ArchiveShard.Of(events[0], shards);
        // The usual case: an outbox speaks of one conversation.
        if (events.All(one => ArchiveShard.Of(one, shards) == first)) return AppendAsync(first, events);
        return Task.WhenAll(events
            .GroupBy(one => ArchiveShard.Of(one, shards))
            .Select(group => AppendAsync(group.Key, [.. group])));
    }

    // A device learns what became of its messages. A conversation's newest record rides on the last of its events.
    private async Task TellDeviceAsync(ImmutableArray<DomainEvent> events)
    {
        for (var i = 0; i < events.Length; i++)
        {
            var name = events[i].Name;
            if (name is not (EventNames.ConversationFlushed or EventNames.BatchDeadLettered or EventNames.BatchCompleted) || events[i].Batch is not { } batch) continue;
            if (ConversationFrom(events, i) is not { } conversation || DeviceSessionKey.Of(conversation.Contact) is not { } device) continue;
            await GrainFactory.GetGrain<IDeviceSessionGrain>(device.Id).NoteBatchAsync(name, batch);
        }
    }

    // What one grain tells in one call stands together.
    private static ConversationRecord? ConversationFrom(ImmutableArray<DomainEvent> events, int index)
    {
        var conversationId = events[index].ConversationId;
        ConversationRecord? newest = null;
        for (; index < events.Length && events[index].ConversationId == conversationId; index++) newest = events[index].Conversation ?? newest;
        return newest;
    }

    private async Task AppendAsync(int shard, ImmutableArray<DomainEvent> events) =>
        await GrainFactory.GetGrain<IArchiveGrain>(shard).AppendAsync(events);

    private void Publish(DomainEvent domainEvent)
    {
        var told = EventTopics.ForFeed(domainEvent);
        foreach (var topic in EventTopics.Of(domainEvent)) Outlet(topic).Add(told);
    }

    private TopicOutlet Outlet(string topic)
    {
        if (_outlets.TryGetValue(topic, out var outlet)) return outlet;
        var grain = GrainFactory.GetGrain<ITopicGrain>(topic);
        outlet = new TopicOutlet(
            options.Value.TopicQueueEventsMax,
            options.Value.TopicCallEventsMax,
            grain.PublishAsync,
            grain.BeginAnewAsync,
            (count, exception) =>
            {
                metrics.Dropped(count);
                LogDropped(logger, exception, topic, count);
            },
            clock);
        _outlets.Add(topic, outlet);
        return outlet;
    }

    [LoggerMessage(1, LogLevel.Warning, "Topic {Topic} of the feed did not get {Count} events; its readers must fetch afresh.")]
    private static partial void LogDropped(ILogger logger, Exception? exception, string topic, int count);
}
