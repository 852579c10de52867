using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Waqtor.Api.Realtime.Access;

namespace Waqtor.Api.Access;

/// <summary>Reads the session's cookie.</summary>
internal sealed class BrowserSessionAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, BrowserSessions sessions, AuthenticationFailures failures)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "BrowserSession";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // A key or a ticket says more clearly who comes.
        if (!Request.Cookies.ContainsKey(BrowserSessions.CookieName)) return AuthenticateResult.NoResult();
        if (Request.Headers.ContainsKey(ApiKeyAuthenticationHandler.HeaderName) || Request.Query.ContainsKey(TicketAuthenticationHandler.QueryName)) return AuthenticateResult.NoResult();
        var address = Context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (failures.WaitOf(address) > TimeSpan.Zero) return AuthenticateResult.Fail("Too many wrong keys.");
        if (await sessions.FindAsync(Request) is { } identity) return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
        failures.Add(address);
        return AuthenticateResult.Fail("The session is over.");
    }

    // The keys' handler answers for all.
    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => Task.CompletedTask;

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Task.CompletedTask;
}
