using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;
using Waqtor.Access;
using Waqtor.Api.Access;

namespace Waqtor.Api.Realtime.Access;

/// <summary>Who gets to the feed at all: a key, a session or a ticket, from an address and a page that may.</summary>
internal sealed class RealtimeAccess(IOptions<RealtimeOptions> options) : IConfigureOptions<CorsOptions>
{
    public const string Policy = "realtime";

    private static readonly TimeSpan PreflightKept = TimeSpan.FromHours(1);

    public static void AddPolicy(AuthorizationOptions authorization) => authorization.AddPolicy(Policy, policy => policy
        .AddAuthenticationSchemes(BrowserSessionAuthenticationHandler.SchemeName, TicketAuthenticationHandler.SchemeName, ApiKeyAuthenticationHandler.SchemeName)
        .RequireAuthenticatedUser()
        .RequireAssertion(context => context.User.Identity is CallerIdentity { Caller.Role: >= Role.Viewer }));

    /// <summary>Marks an entrance of the feed: the guard looks at who comes, and pages of allowed origins may read the answers.</summary>
    public static TBuilder AsEntrance<TBuilder>(TBuilder builder) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new RealtimeEntrance()).RequireCors(Policy);

    public void Configure(CorsOptions cors) => cors.AddPolicy(Policy, policy =>
    {
        var origins = Origins(options.Value.AllowedOrigins);
        if (origins is ["*"]) policy.AllowAnyOrigin();
        else policy.WithOrigins(origins).AllowCredentials();
        policy.WithHeaders("authorization", "content-type", "last-event-id", "cache-control", "x-api-key", "x-requested-with", "x-signalr-user-agent")
            .WithMethods("GET", "POST", "DELETE").WithExposedHeaders("Retry-After").SetPreflightMaxAge(PreflightKept);
    });

    /// <summary>As browsers say them: without the slash that addresses are often written with.</summary>
    public static string[] Origins(string list) =>
        [.. list.Split([';', ' ', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(origin => origin.TrimEnd('/'))];
}
