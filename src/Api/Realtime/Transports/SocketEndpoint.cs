using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Waqtor.Api.Access;
using Waqtor.Api.Problems;
using Waqtor.Api.Realtime.Access;

namespace Waqtor.Api.Realtime.Transports;

/// <summary>The door of <c>/ws</c>. Who brings no key may still say one in the first message.</summary>
internal static class SocketEndpoint
{
    public const string Path = "/ws";
    private const int PingsMissedMax = 2;

    public static void MapSocket(this IEndpointRouteBuilder routes) =>
        RealtimeAccess.AsEntrance(routes.Map(Path, AcceptAsync).ExcludeFromDescription());

    private static async Task AcceptAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.Headers.Upgrade = "websocket";
            await ProblemWriter.WriteAsync(context, new Problem(StatusCodes.Status426UpgradeRequired, ProblemCode.BadRequest, "This address is for WebSockets."));
            return;
        }

        var services = context.RequestServices.GetRequiredService<FeedServices>();
        var connections = context.RequestServices.GetRequiredService<FeedConnections>();
        var (identity, isWrong) = await AuthenticateAsync(context);
        if (isWrong)
        {
            await ProblemWriter.WriteAsync(context, StatusProblems.For(401));
            return;
        }

        if (!connections.HasRoom)
        {
            services.Metrics.Refused(FeedRefusal.Full);
            await ProblemWriter.WriteAsync(context, Problem.Overloaded());
            return;
        }

        var ping = TimeSpan.FromSeconds(services.Options.PingSeconds);
        using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            KeepAliveInterval = ping,
            KeepAliveTimeout = ping * PingsMissedMax,
            // Without a memory between messages: it would cost each connection hundreds of kilobytes.
            DangerousEnableCompression = true,
            DisableServerContextTakeover = true,
        });
        await context.RequestServices.GetRequiredService<SocketReader>().RunAsync(socket, context.Features.Get<SocketHearing>()?.Stream, context.Connection.RemoteIpAddress, identity);
    }

    private static async Task<(CallerIdentity? Identity, bool IsWrong)> AuthenticateAsync(HttpContext context)
    {
        foreach (var scheme in new[] { TicketAuthenticationHandler.SchemeName, ApiKeyAuthenticationHandler.SchemeName })
        {
            var result = await context.AuthenticateAsync(scheme);
            if (result.Principal?.Identity is CallerIdentity identity) return (identity, false);
            if (!result.None) return (null, true);
        }

        // A browser sends the cookie of a session that is over as well: it may still say a key or a ticket.
        var session = await context.AuthenticateAsync(BrowserSessionAuthenticationHandler.SchemeName);
        return (session.Principal?.Identity as CallerIdentity, false);
    }
}
