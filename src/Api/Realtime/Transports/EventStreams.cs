using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Logging;
using Waqtor.Api.Access;
using Waqtor.Api.Problems;

namespace Waqtor.Api.Realtime.Transports;

/// <summary>Opens event streams.</summary>
internal sealed partial class EventStreams(FeedServices services, FeedConnections connections, FeedSubscriptions subscriptions, ILogger<EventStreams> logger)
{
    private const string LastEventIdHeader = "Last-Event-ID";

    public async Task<Results<EventStreamAnswer, Problem>> OpenAsync(HttpContext context, string[] topics, string? lastEventId)
    {
        if (topics.Length == 0) return Problem.Invalid("topics", "Names of topics, divided by commas.");
        if (!connections.HasRoom) return Later(connections.IsStopping ? CloseReason.Stopping : FeedRefusal.Full);
        var identity = (CallerIdentity)context.User.Identity!;
        var stream = new EventStream(services, context);
        stream.Authenticate(identity);
        connections.Open(stream);
        var subscription = await TrySubscribeAsync(stream, topics, Cursor(context.Request, lastEventId), context.RequestAborted);
        if (subscription is null)
        {
            await LeaveAsync(stream);
            return Later(CloseReason.Unavailable);
        }

        if (subscription.Standing.Topics.Count > 0) return new EventStreamAnswer(connections, subscriptions, stream, subscription, services.Options.RetryMilliseconds);
        await LeaveAsync(stream);
        return Refused(subscription.Standing.Refused!);
    }

    // The header is newer: it is sent by the client that comes back with the same address.
    private static string? Cursor(HttpRequest request, string? lastEventId) =>
        request.Headers.TryGetValue(LastEventIdHeader, out var header) && header.ToString() is { Length: > 0 } cursor ? cursor : lastEventId;

    private async Task<FeedSubscription?> TrySubscribeAsync(EventStream stream, string[] topics, string? cursor, CancellationToken cancellationToken)
    {
        try
        {
            return await subscriptions.PrepareAsync(stream, stream.Caller!, topics, cursor, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            services.Metrics.Failed();
            LogSubscribeFailed(exception.GetType().Name);
            return null;
        }
    }

    private EventStreamAnswer Later(string reason)
    {
        services.Metrics.Refused(reason);
        return new EventStreamAnswer(connections, subscriptions, null, null, services.Options.RetryMilliseconds);
    }

    private async Task LeaveAsync(EventStream stream)
    {
        await stream.EndQuietlyAsync();
        await connections.CloseAsync(stream);
    }

    private static Problem Refused(IReadOnlyDictionary<string, string> refused) => refused.Values.All(reason => reason == TopicAccess.UnknownTopic)
        ? Problem.Invalid("topics", $"There is no topic {string.Join(", ", refused.Keys)}.")
        : new Problem(403, ProblemCode.Forbidden, "None of these topics is to be had.") { Detail = string.Join(", ", refused.Select(one => $"{one.Key}: {one.Value}")) };

    [LoggerMessage(1, LogLevel.Warning, "A stream of events could not be opened ({Error}); its client comes back.")]
    private partial void LogSubscribeFailed(string error);
}
