using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Streams;
using Waqtor.Realtime;

namespace Waqtor.Api.Realtime;

/// <summary>The topics that somebody on this node listens to: each is read once, however many listen.</summary>
internal sealed partial class FeedTopics(
    IGrainFactory grains, IServiceProvider services, TimeProvider clock, RealtimeMetrics metrics, IOptions<RealtimeOptions> options, ILogger<FeedTopics> logger)
{
    // A dashboard that changes its page comes back to the same topics.
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, FeedTopic> _topics = new(StringComparer.Ordinal);
    private long _polledAt = clock.GetTimestamp();

    public IEnumerable<FeedTopic> All => _topics.Values;

    public FeedTopic? Find(string source) => _topics.GetValueOrDefault(source);

    /// <summary>Where a reader of this room will stand.</summary>
    public async Task<(bool Recovered, FeedPlace Place)> StandAsync(FeedRoom room, FeedPlace? wanted, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (isOpen, recovered, place) = await Get(room.Source).StandAsync(wanted, cancellationToken);
            if (isOpen) return (recovered, place with { Topic = room.Name.Text });
        }
    }

    /// <summary>Serves a listener from its place on, until it leaves.</summary>
    public async Task FollowAsync(FeedListener listener, CancellationToken cancellationToken)
    {
        while (!await Get(listener.Room.Source).FollowAsync(listener, cancellationToken))
        {
            // Given up at this very moment: the next one is another.
        }
    }

    public async Task RemoveAsync(FeedListener listener)
    {
        if (Find(listener.Room.Source) is not { } topic) return;
        await topic.RemoveAsync(listener);
        if (topic.ListenerCount == 0) topic.IdleSince = clock.GetTimestamp();
    }

    /// <summary>Once a second: asks for what no hint told, and gives up what nobody listens to.</summary>
    public async Task TickAsync()
    {
        foreach (var (name, topic) in _topics)
        {
            if (topic.IdleSince is not { } since || clock.GetElapsedTime(since) < Linger || topic.ListenerCount > 0) continue;
            await TryCloseAsync(topic, () => _topics.TryRemove(new KeyValuePair<string, FeedTopic>(name, topic)));
        }

        if (clock.GetElapsedTime(_polledAt).TotalSeconds < options.Value.PollSeconds) return;
        _polledAt = clock.GetTimestamp();
        await Task.WhenAll(_topics.Values.Select(PollAsync));
    }

    /// <summary>Whether topics answer in time.</summary>
    public async Task<bool> AnswersAsync(TimeSpan patience)
    {
        try
        {
            await grains.GetGrain<ITopicGrain>(TopicName.Everyone).ReadAsync(null, 0, 0).WaitAsync(patience, clock);
            return true;
        }
        catch (Exception exception)
        {
            LogPollFailed(TopicName.Everyone, exception.GetType().Name);
            return false;
        }
    }

    private FeedTopic Get(string source) => _topics.GetOrAdd(source, name =>
        new FeedTopic(name, grains.GetGrain<ITopicGrain>(name), options.Value, metrics, ListenAsync) { IdleSince = clock.GetTimestamp() });

    private async Task PollAsync(FeedTopic topic)
    {
        try
        {
            await topic.PollAsync();
        }
        catch (Exception exception)
        {
            metrics.Failed();
            LogPollFailed(topic.Name, exception.GetType().Name);
        }
    }

    private async Task TryCloseAsync(FeedTopic topic, Action closed)
    {
        try
        {
            await topic.TryCloseAsync(closed);
        }
        catch (Exception exception)
        {
            // The cluster forgets a subscriber that is gone by itself, only later.
            LogNotUnsubscribed(topic.Name, exception.GetType().Name);
        }
    }

    // Null where there are no hints: then polling has to do.
    private async Task<StreamSubscriptionHandle<TopicPage>?> ListenAsync(FeedTopic topic)
    {
        if (services.GetService<IClusterClient>() is not { } client) return null;
        try
        {
            return await client.GetStreamProvider(TopicStreams.Provider)
                .GetStream<TopicPage>(StreamId.Create(TopicStreams.Namespace, topic.Name))
                .SubscribeAsync((page, _) => Hint(topic, page));
        }
        catch (Exception exception)
        {
            metrics.Failed();
            LogNoHints(topic.Name, exception.GetType().Name);
            return null;
        }
    }

    private Task Hint(FeedTopic topic, TopicPage page)
    {
        if (topic.Hint(page)) _ = TakeNewsAsync(topic);
        return Task.CompletedTask;
    }

    private async Task TakeNewsAsync(FeedTopic topic)
    {
        try
        {
            await topic.TakeNewsAsync();
        }
        catch (Exception exception)
        {
            metrics.Failed();
            LogPollFailed(topic.Name, exception.GetType().Name);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Topic {Topic} of the feed did not answer ({Error}); it is asked again.")]
    private partial void LogPollFailed(string topic, string error);

    [LoggerMessage(2, LogLevel.Warning, "Topic {Topic} of the feed gives no hints ({Error}); it is asked every few seconds.")]
    private partial void LogNoHints(string topic, string error);

    [LoggerMessage(3, LogLevel.Debug, "The hints of topic {Topic} of the feed could not be given up ({Error}).")]
    private partial void LogNotUnsubscribed(string topic, string error);
}
