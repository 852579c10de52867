using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Waqtor.Api.Access;
using Waqtor.Api.Instances;
using Waqtor.Api.Problems;
using Waqtor.Api.Spooling;
using Waqtor.Archive;
using Waqtor.Conversations;

namespace Waqtor.Api.Queue;

/// <summary>How much waits, and whether it moves.</summary>
internal static class QueueApi
{
    private const double OldestAgeSecondsMax = 300;

    public static void MapQueueApi(this IEndpointRouteBuilder api)
    {
        var queue = api.MapGroup("/queue").WithTags("Queue").RequireAuthorization(Policies.Viewer);
        queue.MapGet("/stats", GetStatsAsync).WithName("GetQueueStats").WithSummary("How much waits and how much went through.");
        queue.MapGet("/health", GetHealthAsync).WithName("GetQueueHealth").WithSummary("Whether batches move.");
    }

    private static async Task<Results<Ok<QueueStats>, Problem>> GetStatsAsync(
        Caller caller, InstanceCache instances, IArchiveQueries archive, TimeProvider clock, CancellationToken cancellationToken, string? instance = null) =>
        instance is not null && (!caller.Sees(instance) || await instances.GetAsync(instance) is null)
            ? Problem.NotFound("instance")
            : TypedResults.Ok(await archive.GetQueueStatsAsync(caller.AllowedInstances, instance, clock.GetUtcNow(), cancellationToken));

    private static async Task<Ok<QueueHealth>> GetHealthAsync(
        Caller caller, IArchiveQueries archive, IGrainFactory grains, Spool spool, TimeProvider clock, CancellationToken cancellationToken)
    {
        var stats = await archive.GetQueueStatsAsync(caller.AllowedInstances, null, clock.GetUtcNow(), cancellationToken);
        var orphans = await grains.GetGrain<IOrphanWatchGrain>(0).GetAsync();
        var healthy = orphans.LastRound == 0 && spool.Pending == 0 && stats.OldestAgeSeconds <= OldestAgeSecondsMax;
        return TypedResults.Ok(new QueueHealth
        {
            Status = healthy ? "healthy" : "degraded",
            Pending = stats.Pending,
            InFlight = stats.InFlight,
            OldestAgeSeconds = stats.OldestAgeSeconds,
            Dead = stats.Dead,
            Orphans = orphans,
            Spooled = spool.Pending,
        });
    }
}
