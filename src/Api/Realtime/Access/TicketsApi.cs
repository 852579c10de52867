using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Waqtor.Api.Access;

namespace Waqtor.Api.Realtime.Access;

/// <summary>Tickets for those who cannot send a header.</summary>
internal static class TicketsApi
{
    public static void MapTicketsApi(this IEndpointRouteBuilder api) =>
        RealtimeAccess.AsEntrance(api.MapPost("/realtime/ticket", MakeAsync).WithTags("Realtime").WithName("MakeRealtimeTicket")
            .WithSummary("A one-use ticket to the feed, for browsers: give it as ?ticket= within a minute.").RequireAuthorization(Policies.Viewer));

    private static async Task<Ok<TicketAnswer>> MakeAsync(HttpContext context, Tickets tickets) =>
        TypedResults.Ok(await tickets.MakeAsync(((CallerIdentity)context.User.Identity!).KeyHash, context.Connection.RemoteIpAddress));
}
