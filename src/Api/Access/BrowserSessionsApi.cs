using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Waqtor.Api.Realtime.Access;

namespace Waqtor.Api.Access;

/// <summary>Sessions of browsers: a key is shown once, the cookie stands for it from then on.</summary>
internal static class BrowserSessionsApi
{
    private const string Path = "/auth/session";

    public static void MapBrowserSessionsApi(this IEndpointRouteBuilder api)
    {
        RealtimeAccess.AsEntrance(api.MapPost(Path, OpenAsync).WithTags("Keys").WithName("OpenBrowserSession")
            .WithSummary("Open a browser's session for the key of this request; the answer sets its cookie, which the feed takes.").RequireAuthorization(Policies.Viewer));
        RealtimeAccess.AsEntrance(api.MapDelete(Path, CloseAsync).WithTags("Keys").WithName("CloseBrowserSession")
            .WithSummary("End the session of this request's cookie, with its connections.").AllowAnonymous());
    }

    private static async Task<Ok<BrowserSessionAnswer>> OpenAsync(HttpContext context, BrowserSessions sessions) =>
        TypedResults.Ok(await sessions.OpenAsync(context, ((CallerIdentity)context.User.Identity!).KeyHash));

    // Whoever has no session any more is told the same, and loses the cookie.
    private static async Task<NoContent> CloseAsync(HttpContext context, BrowserSessions sessions)
    {
        await sessions.CloseAsync(context);
        return TypedResults.NoContent();
    }
}
