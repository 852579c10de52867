using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Waqtor.Api.Realtime.Access;

namespace Waqtor.Api.Realtime.Transports;

/// <summary>The hubs.</summary>
internal static class HubEndpoints
{
    public static void MapHubs(this IEndpointRouteBuilder routes)
    {
        Map<EventsHub>(routes, "/hubs/events");
        Map<StatusHub>(routes, "/hubs/status");
        Map<CampaignsHub>(routes, "/hubs/campaigns");
        Map<SmartBotHub>(routes, "/hubs/smartbot");
    }

    private static void Map<THub>(IEndpointRouteBuilder routes, string path) where THub : Hub =>
        RealtimeAccess.AsEntrance(routes.MapHub<THub>(path).RequireAuthorization(RealtimeAccess.Policy));
}
