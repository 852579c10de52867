using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Waqtor.Api.Access;

namespace Waqtor.Api.Realtime.Access;

/// <summary>Reads <c>?ticket=</c>.</summary>
internal sealed class TicketAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, TicketDoor door, AuthenticationFailures failures)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "RealtimeTicket";
    public const string QueryName = "ticket";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var ticket = Request.Query[QueryName].ToString();
        if (ticket.Length == 0) return AuthenticateResult.NoResult();
        var address = Context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (failures.WaitOf(address) > TimeSpan.Zero) return AuthenticateResult.Fail("Too many wrong keys.");
        if (await door.EnterAsync(ticket, address, Request) is { } identity)
        {
            return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
        }

        failures.Add(address);
        return AuthenticateResult.Fail("The ticket is wrong, used or over.");
    }

    // The keys' handler answers for both.
    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => Task.CompletedTask;

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Task.CompletedTask;
}
