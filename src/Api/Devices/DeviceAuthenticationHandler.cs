using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Waqtor.Api.Access;
using Waqtor.Api.Problems;

namespace Waqtor.Api.Devices;

/// <summary>Reads a device token from <c>Authorization: Bearer</c>.</summary>
internal sealed class DeviceAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, DeviceTokens tokens, AuthenticationFailures failures)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "DeviceToken";
    public const string Policy = "device";
    private const string Bearer = "Bearer ";

    public static void AddPolicy(AuthorizationOptions options) => options.AddPolicy(Policy, policy => policy
        .AddAuthenticationSchemes(SchemeName)
        .RequireAuthenticatedUser()
        .RequireAssertion(context => context.User.Identity is DeviceIdentity));

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var authorization = Request.Headers.Authorization.ToString();
        if (!authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)) return Task.FromResult(AuthenticateResult.NoResult());
        var address = Context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (tokens.Read(authorization[Bearer.Length..].Trim()) is { } caller)
        {
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new DeviceIdentity(caller)), SchemeName)));
        }

        failures.Add(address);
        return Task.FromResult(AuthenticateResult.Fail("The token is wrong or over."));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return ProblemWriter.WriteAsync(Context, StatusProblems.For(401));
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => ProblemWriter.WriteAsync(Context, StatusProblems.For(403));
}
