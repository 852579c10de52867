using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Waqtor.Api.Problems;
using Waqtor.Api.Realtime.Access;

namespace Waqtor.Api.Realtime.Transports;

/// <summary>The feed as server-sent events.</summary>
internal static class EventStreamsApi
{
    public static void MapEventStreamsApi(this IEndpointRouteBuilder api)
    {
        var streams = RealtimeAccess.AsEntrance(api.MapGroup("/realtime").WithTags("Realtime").RequireAuthorization(RealtimeAccess.Policy));
        streams.MapGet("/events", FollowAsync).WithName("FollowEvents").WithSummary("Follow topics as server-sent events; resumes after Last-Event-ID or lastEventId.")
            .Produces(200, contentType: EventStreamAnswer.MediaType);
        streams.MapGet("/jobs/{id}/stream", FollowJobAsync).WithName("FollowJob").WithSummary("Follow a job as server-sent events.")
            .Produces(200, contentType: EventStreamAnswer.MediaType);
        streams.MapGet("/analysis/{id}/stream", FollowAnalysisAsync).WithName("FollowAnalysis").WithSummary("Follow an analysis as server-sent events.")
            .Produces(200, contentType: EventStreamAnswer.MediaType);
    }

    private static Task<Results<EventStreamAnswer, Problem>> FollowJobAsync(string id, HttpContext context, EventStreams streams, string? lastEventId = null) =>
        streams.OpenAsync(context, ["job:" + id], lastEventId);

    private static Task<Results<EventStreamAnswer, Problem>> FollowAnalysisAsync(string id, HttpContext context, EventStreams streams, string? lastEventId = null) =>
        streams.OpenAsync(context, ["analysis:" + id], lastEventId);

    private static Task<Results<EventStreamAnswer, Problem>> FollowAsync(HttpContext context, EventStreams streams, string? topics = null, string? lastEventId = null) =>
        streams.OpenAsync(context, (topics ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), lastEventId);
}
