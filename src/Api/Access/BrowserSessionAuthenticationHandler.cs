using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Waqtor.Api.Realtime.Access;

namespace Waqtor.Api.Access;

/// <summary>Reads the session's cookie.</summary>
internal sealed class BrowserSessionAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, BrowserSessions sessions)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "BrowserSession";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!Request.Cookies.ContainsKey(BrowserSessions.CookieName) || SaysMore) return AuthenticateResult.NoResult();
        return await sessions.FindAsync(Context) is { } identity
            ? AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName))
            : AuthenticateResult.Fail("The session is over.");
    }

    // A key or a ticket says more clearly who comes; a cookie that is over must not count against it.
    private bool SaysMore => Request.Headers.ContainsKey(ApiKeyAuthenticationHandler.HeaderName)
        || Request.Headers.Authorization.Count > 0
        || Request.Query.ContainsKey(TicketAuthenticationHandler.QueryName);

    // The keys' handler answers for all.
    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => Task.CompletedTask;

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Task.CompletedTask;
}
