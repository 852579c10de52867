using Microsoft.Extensions.Logging;
using Waqtor.Api.Access;

namespace Waqtor.Api.Realtime;

/// <summary>Subscribes connections to topics: permission, limits, the place to begin at, and the way there.</summary>
internal sealed partial class FeedSubscriptions(FeedServices services, TopicAccess access, ILogger<FeedSubscriptions> logger)
{
    private const int TopicsOfACallMax = 100;

    /// <summary>
    /// Finds out where the connection will stand in each topic. Nothing is told before <see cref="Begin"/>, so that the
    /// answer can go first. Topics it has already stay as they are and count as had.
    /// </summary>
    public async Task<FeedSubscription> PrepareAsync(
        FeedConnection connection, Caller caller, IReadOnlyCollection<string> topics, string? cursor, CancellationToken cancellationToken)
    {
        var places = FeedCursor.Parse(cursor);
        var had = new List<string>();
        var lost = false;
        var resumed = false;
        var refused = new Dictionary<string, string>(StringComparer.Ordinal);
        var added = new List<FeedListener>();
        foreach (var topic in topics.Distinct(StringComparer.Ordinal).Take(TopicsOfACallMax))
        {
            // What nobody subscribes to by name is not had by name either.
            if (TopicName.TryParse(topic, out _) && connection.Find(topic) is not null)
            {
                had.Add(topic);
                continue;
            }

            var (room, refusal) = await access.FindAsync(topic, caller, cancellationToken);
            if (room is null)
            {
                refused[topic] = refusal!;
                services.Metrics.Refused(refusal!);
                continue;
            }

            FeedPlace? wanted = places.TryGetValue(topic, out var place) ? place : null;
            var (recovered, start) = await services.Topics.StandAsync(room, wanted, cancellationToken);
            var listener = new FeedListener(connection, room) { Epoch = start.Epoch, Position = start.Sequence, Told = start };
            if (!connection.TryAdd(listener, services.Options.RoomsMax))
            {
                refused[topic] = TopicAccess.TooManyRooms;
                services.Metrics.Refused(TopicAccess.TooManyRooms);
                continue;
            }

            resumed |= wanted is not null;
            lost |= wanted is not null && !recovered;
            added.Add(listener);
            had.Add(topic);
        }

        if (connection.Find(TopicName.Everyone) is null) await AddEveryoneAsync(connection, added, cancellationToken);
        var standing = new Standing(had, resumed && !lost, connection.Cursor, refused.Count == 0 ? null : refused);
        return new FeedSubscription(standing, added);
    }

    /// <summary>The answer is on its way: events follow.</summary>
    public void Begin(FeedSubscription subscription)
    {
        foreach (var listener in subscription.Added) _ = FollowAsync(listener);
    }

    public async Task<IReadOnlyList<string>> UnsubscribeAsync(FeedConnection connection, IReadOnlyCollection<string> topics)
    {
        var removed = new List<string>();
        foreach (var topic in topics.Distinct(StringComparer.Ordinal).Take(TopicsOfACallMax))
        {
            if (topic == TopicName.Everyone || connection.Remove(topic) is not { } listener) continue;
            removed.Add(topic);
            await services.Topics.RemoveAsync(listener);
        }

        return removed;
    }

    /// <summary>The connection is over: no topic keeps it.</summary>
    public async Task LeaveAsync(FeedConnection connection)
    {
        foreach (var listener in connection.Listeners)
        {
            listener.IsEnded = true;
            await services.Topics.RemoveAsync(listener);
        }
    }

    private async Task AddEveryoneAsync(FeedConnection connection, List<FeedListener> added, CancellationToken cancellationToken)
    {
        var (_, start) = await services.Topics.StandAsync(FeedRoom.Everyone, null, cancellationToken);
        var listener = new FeedListener(connection, FeedRoom.Everyone) { Epoch = start.Epoch, Position = start.Sequence };
        if (connection.TryAdd(listener, services.Options.RoomsMax)) added.Add(listener);
    }

    private async Task FollowAsync(FeedListener listener)
    {
        try
        {
            await services.Topics.FollowAsync(listener, listener.Connection.Aborted);
            if (listener.IsEnded) await services.Topics.RemoveAsync(listener);
        }
        catch (OperationCanceledException) when (listener.Connection.Aborted.IsCancellationRequested)
        {
            // It left while it was served.
        }
        catch (Exception exception)
        {
            services.Metrics.Failed();
            LogFollowFailed(listener.Room.Source, exception.GetType().Name);
            listener.Connection.Close(CloseReason.Unavailable);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "A reader of topic {Topic} could not be served ({Error}) and is sent away to come back.")]
    private partial void LogFollowFailed(string topic, string error);
}
