using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Waqtor.Api.Access;
using Waqtor.Api.Instances;
using Waqtor.Api.Lists;
using Waqtor.Api.Problems;
using Waqtor.Archive;
using Waqtor.Conversations;

namespace Waqtor.Api.Queue;

/// <summary>Batches that were given up: read, replayed or thrown away by a person.</summary>
internal static class DeadLettersApi
{
    public static void MapDeadLettersApi(this IEndpointRouteBuilder api)
    {
        var letters = api.MapGroup("/queue/dead-letters").WithTags("Dead letters");
        letters.MapGet("", ListAsync).WithName("ListDeadLetters").WithSummary("List dead letters, newest first.").RequireAuthorization(Policies.Viewer);
        letters.MapGet("/{batchId}", GetAsync).WithName("GetDeadLetter").WithSummary("Read a dead letter.").RequireAuthorization(Policies.Viewer);
        letters.MapPost("/replay", ReplayAllAsync).WithName("ReplayDeadLetters")
            .WithSummary("Queue all dead letters of an instance again.").RequireAuthorization(Policies.Operator);
        letters.MapPost("/{batchId}/replay", ReplayAsync).WithName("ReplayDeadLetter").WithSummary("Queue a dead letter again.").RequireAuthorization(Policies.Operator);
        letters.MapDelete("/{batchId}", DiscardAsync).WithName("DiscardDeadLetter")
            .WithSummary("Throw a dead letter away; its messages stay.").RequireAuthorization(Policies.Operator);
    }

    private static async Task<Results<Ok<Page<BatchRecord>>, Problem>> ListAsync(
        Caller caller, IArchiveQueries archive, CancellationToken cancellationToken,
        string? instance = null, string? cursor = null, int limit = Paging.LimitDefault)
    {
        if (Paging.Check(limit) is { } problem) return problem;
        return TypedResults.Ok(await archive.ListBatchesAsync(Dead(caller, instance, cursor, limit), cancellationToken));
    }

    private static async Task<Results<Ok<BatchRecord>, Problem>> GetAsync(
        string batchId, Caller caller, IArchiveQueries archive, CancellationToken cancellationToken) =>
        await FindAsync(batchId, caller, archive, cancellationToken) is { Status: BatchStatus.Dead } batch
            ? TypedResults.Ok(batch)
            : Problem.NotFound("dead letter");

    private static async Task<Results<Ok<ReplayAnswer>, Problem>> ReplayAsync(
        string batchId, Caller caller, IArchiveQueries archive, IGrainFactory grains, CancellationToken cancellationToken)
    {
        if (await FindAsync(batchId, caller, archive, cancellationToken) is not { } batch) return Problem.NotFound("dead letter");
        return await Grain(grains, batch).ReplayAsync(batchId) ? TypedResults.Ok(new ReplayAnswer(1)) : NotDead();
    }

    private static async Task<Results<Ok<ReplayAnswer>, Problem>> ReplayAllAsync(
        string instance, Caller caller, InstanceCache instances, IArchiveQueries archive, IGrainFactory grains, CancellationToken cancellationToken)
    {
        if (!caller.Sees(instance) || await instances.GetAsync(instance) is null) return Problem.NotFound("instance");
        var replayed = 0;
        string? cursor = null;
        do
        {
            // By the cursor, not by what is left: the archive may still list those that were just replayed.
            var page = await archive.ListBatchesAsync(Dead(caller, instance, cursor, Paging.LimitMax), cancellationToken);
            foreach (var batch in page.Items)
            {
                if (await Grain(grains, batch).ReplayAsync(batch.Id)) replayed++;
            }

            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return TypedResults.Ok(new ReplayAnswer(replayed));
    }

    private static async Task<Results<NoContent, Problem>> DiscardAsync(
        string batchId, Caller caller, IArchiveQueries archive, IGrainFactory grains, CancellationToken cancellationToken)
    {
        if (await FindAsync(batchId, caller, archive, cancellationToken) is not { } batch) return Problem.NotFound("dead letter");
        return await Grain(grains, batch).DiscardAsync(batchId) ? TypedResults.NoContent() : NotDead();
    }

    private static BatchFilter Dead(Caller caller, string? instance, string? cursor, int limit) => new()
    {
        AllowedInstances = caller.AllowedInstances,
        Instance = instance,
        Status = BatchStatus.Dead,
        Cursor = cursor,
        Limit = limit,
    };

    private static async Task<BatchRecord?> FindAsync(string batchId, Caller caller, IArchiveQueries archive, CancellationToken cancellationToken) =>
        await archive.GetBatchAsync(batchId, cancellationToken) is { } batch && caller.Sees(batch.Instance) ? batch : null;

    private static IConversationGrain Grain(IGrainFactory grains, BatchRecord batch) => grains.GetGrain<IConversationGrain>(batch.ConversationId);

    private static Problem NotDead() => Problem.Conflict(ProblemCode.NotDead, "The batch is not in the dead-letter list.");
}
