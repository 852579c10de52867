using Waqtor.Api.Access;

namespace Waqtor.Api.Realtime.Monitor;

/// <summary>Looks at the feed of this node, with the eyes of a caller: keys of some instances see connections of their own kind alone.</summary>
internal sealed class FeedMonitor(FeedConnections connections, FeedTopics topics, MetricsReader metrics, TimeProvider clock)
{
    private const int ConnectionsShownMax = 500;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public FeedStats Stats(Caller caller)
    {
        var all = Visible(caller);
        var sockets = all.Where(one => one.Transport != FeedTransport.ServerSentEvents).ToList();
        var streams = all.Where(one => one.Transport == FeedTransport.ServerSentEvents).ToList();
        return new FeedStats(
            new SocketStats(sockets.Count, sockets.Count(one => one.Caller is not null), Rooms(sockets)),
            new StreamStats(streams.Count, streams.Count(one => one.Caller is not null), Rooms(streams), streams.Select(one => one.Caller?.KeyId).Distinct().Count()),
            clock.GetUtcNow());
    }

    public async Task<FeedHealth> HealthAsync()
    {
        var transport = connections.HasRoom ? "healthy" : "full";
        var answers = await topics.AnswersAsync(Patience) ? "healthy" : "unavailable";
        return new FeedHealth(
            transport == answers ? "healthy" : "degraded",
            new SortedDictionary<string, string> { ["websocket"] = transport, ["signalr"] = transport, ["sse"] = transport },
            answers,
            clock.GetUtcNow());
    }

    public MonitorAnswer Monitor(Caller caller)
    {
        metrics.Ask();
        var all = Visible(caller);
        return new MonitorAnswer(
            [.. all.OrderByDescending(one => one.OpenedTimestamp).Take(ConnectionsShownMax).Select(Show)],
            all.Count,
            new MonitoredMessages(
                metrics.Sum("waqtor.realtime.received"), metrics.Sum("waqtor.realtime.written"), metrics.Sum("waqtor.realtime.published"), metrics.Sum("waqtor.realtime.folded")),
            metrics.Sum("waqtor.realtime.errors"),
            new MonitoredMemory(Environment.WorkingSet, GC.GetTotalMemory(forceFullCollection: false), all.Sum(one => (long)one.QueueBytes)),
            metrics.SumsBy("waqtor.realtime.refused", "reason"),
            metrics.SumsBy("waqtor.realtime.closed", "reason"),
            clock.GetUtcNow());
    }

    private List<FeedConnection> Visible(Caller caller) =>
        [.. connections.All.Where(one => caller.Instances is null || (one.Caller?.Instances is { } instances && instances.IsSubsetOf(caller.Instances)))];

    private static int Rooms(IEnumerable<FeedConnection> some) =>
        some.SelectMany(one => one.Listeners).Select(one => one.Room.Name).Where(name => name.IsRoom).Select(name => name.Text).Distinct(StringComparer.Ordinal).Count();

    private MonitoredConnection Show(FeedConnection one) => new(
        one.Id,
        RealtimeMetrics.Word(one.Transport),
        one.Address.ToString(),
        one.Caller?.KeyId,
        Math.Round(clock.GetElapsedTime(one.OpenedTimestamp).TotalSeconds, 1),
        Math.Round(clock.GetElapsedTime(one.LastHeardAt).TotalSeconds, 1),
        one.QueueBytes,
        one.EventsWritten,
        one.Rate.Violations,
        one.Topics);
}
