using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Waqtor.Api.Access;
using Waqtor.Api.Inbound;
using Waqtor.Api.Instances;
using Waqtor.Api.Lists;
using Waqtor.Api.Problems;
using Waqtor.Archive;
using Waqtor.Deliveries;

namespace Waqtor.Api.Deliveries;

/// <summary>What became of providers' deliveries.</summary>
internal static class DeliveriesApi
{
    public static void MapDeliveriesApi(this IEndpointRouteBuilder api)
    {
        var deliveries = api.MapGroup("/deliveries").WithTags("Deliveries");
        deliveries.MapGet("", ListAsync).WithName("ListDeliveries").WithSummary("List providers' deliveries, newest first.").RequireAuthorization(Policies.Viewer);
        deliveries.MapGet("/{id}", GetAsync).WithName("GetDelivery").WithSummary("Read a delivery's trace; with its raw body when parked.")
            .RequireAuthorization(Policies.Viewer);
        deliveries.MapPost("/{id}/replay", ReplayAsync).WithName("ReplayDelivery")
            .WithSummary("Take a parked delivery in again; what was stored of it is not doubled.").RequireAuthorization(Policies.Operator);
    }

    private static async Task<Results<Ok<Page<DeliveryRecord>>, Problem>> ListAsync(
        Caller caller, IArchiveQueries archive, CancellationToken cancellationToken,
        string? instance = null, string? outcome = null, string? cursor = null, int limit = Paging.LimitDefault)
    {
        if (Paging.Check(limit) is { } problem) return problem;
        var errors = new FieldErrors();
        var byOutcome = Words.Read<DeliveryOutcome>(outcome, "outcome", errors);
        if (errors.Problem is { } invalid) return invalid;
        var page = await archive.ListDeliveriesAsync(new DeliveryFilter
        {
            AllowedInstances = caller.AllowedInstances,
            Instance = instance,
            Outcome = byOutcome,
            Cursor = cursor,
            Limit = limit,
        }, cancellationToken);
        // Raw bodies may be megabytes each: one is read at a time.
        return TypedResults.Ok(page with { Items = [.. page.Items.Select(delivery => delivery with { Raw = null })] });
    }

    private static async Task<Results<Ok<DeliveryRecord>, Problem>> GetAsync(
        string id, Caller caller, IArchiveQueries archive, TimeProvider clock, CancellationToken cancellationToken) =>
        await FindAsync(id, caller, archive, clock, cancellationToken) is { } delivery ? TypedResults.Ok(delivery) : Problem.NotFound("delivery");

    private static async Task<Results<Ok<DeliveryAnswer>, Problem>> ReplayAsync(
        string id, Caller caller, IArchiveQueries archive, InstanceCache instances, IngestPipeline pipeline, IIdSource ids, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (await FindAsync(id, caller, archive, clock, cancellationToken) is not { } parked) return Problem.NotFound("delivery");
        if (parked is not { Outcome: DeliveryOutcome.Parked, Raw: { } raw }) return Problem.Conflict(ProblemCode.NotParked, "The delivery is not parked.");
        if (await instances.GetAsync(parked.Instance) is not { } instance) return Problem.NotFound("instance");

        var body = RawBody.Restore(raw);
        var result = await pipeline.AcceptAsync(new Delivery
        {
            Id = ids.New(IdPrefix.Delivery),
            Instance = instance,
            Provider = parked.Provider,
            ReceivedAt = parked.ReceivedAt,
            TakenUpAt = clock.GetTimestamp(),
            Kept = clock.GetUtcNow() - parked.ReceivedAt is { Ticks: > 0 } waited ? waited : TimeSpan.Zero,
            // Unreadable still: that is told instead of parking it a second time.
            SignatureChecked = false,
            Bytes = body.Length,
            // The headers are gone; the person who replays vouches for it, within what he may see.
            Accepts = other => caller.Sees(other.Name),
        }, body);
        return result.Refusal is { } refusal ? refusal : TypedResults.Ok(result.Answer);
    }

    private static async Task<DeliveryRecord?> FindAsync(
        string id, Caller caller, IArchiveQueries archive, TimeProvider clock, CancellationToken cancellationToken)
    {
        var delivery = await ArchiveLag.WaitAsync(
            () => archive.GetDeliveryAsync(id, cancellationToken), found => found is not null, clock, cancellationToken);
        return delivery is not null && caller.Sees(delivery.Instance) ? delivery : null;
    }
}
