using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Waqtor.Api.Access;

namespace Waqtor.Api.Realtime.Monitor;

/// <summary>What goes on in the feed and in the process, on this node.</summary>
internal static class MonitorApi
{
    public static void MapMonitorApi(this IEndpointRouteBuilder api)
    {
        var feed = api.MapGroup("").WithTags("Realtime");
        feed.MapGet("/realtime/stats", GetStats).WithName("GetRealtimeStats").WithSummary("Connections of this node.").RequireAuthorization(Policies.Viewer);
        feed.MapGet("/realtime/health", GetHealthAsync).WithName("GetRealtimeHealth").WithSummary("Whether the feed works, by transport and as a whole.")
            .RequireAuthorization(Policies.Viewer);
        feed.MapPost("/realtime/test", TestEvents.PublishAsync).WithName("PublishTestEvent").WithSummary("Publish an event to everyone, a topic, a room or a user.")
            .RequireAuthorization(Policies.Admin);
        feed.MapGet("/ws-monitor", GetMonitor).WithName("GetRealtimeMonitor").WithSummary("Connections, messages, errors, memory and refusals of this node.")
            .RequireAuthorization(Policies.Admin);
        feed.MapGet("/metrics", GetMetrics).WithName("GetMetrics").WithSummary("The metrics of this node as JSON.").RequireAuthorization(Policies.Admin);
    }

    /// <summary>Outside <c>/api</c>, where collectors look.</summary>
    public static void MapPrometheus(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/metrics", (MetricsReader metrics) => TypedResults.Text(PrometheusText.Write(metrics.Read()), PrometheusText.MediaType, Encoding.UTF8))
            .ExcludeFromDescription().RequireAuthorization(Policies.Admin);

    private static Ok<FeedStats> GetStats(Caller caller, FeedMonitor monitor) => TypedResults.Ok(monitor.Stats(caller));

    private static async Task<Ok<FeedHealth>> GetHealthAsync(FeedMonitor monitor) => TypedResults.Ok(await monitor.HealthAsync());

    private static Ok<MonitorAnswer> GetMonitor(Caller caller, FeedMonitor monitor) => TypedResults.Ok(monitor.Monitor(caller));

    private static Ok<MetricsAnswer> GetMetrics(MetricsReader metrics, TimeProvider clock) => TypedResults.Ok(new MetricsAnswer(
        [.. metrics.Read().Select(one => new MetricAnswer(one.Name, one.Kind, one.Tags, one.Value, one.Count, one.Unit))], clock.GetUtcNow()));
}
