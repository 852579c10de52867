using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Waqtor.Api.Problems;

namespace Waqtor.Api.Access;

/// <summary>Reads <c>X-API-Key</c> or <c>Authorization: Bearer</c>.</summary>
internal sealed class ApiKeyAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, ApiKeys keys, AuthenticationFailures failures)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "ApiKey";
    public const string HeaderName = "X-API-Key";
    private const string Bearer = "Bearer ";

    private TimeSpan _wait;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Presented() is not { Length: > 0 } key) return AuthenticateResult.NoResult();
        var address = Context.Connection.RemoteIpAddress ?? IPAddress.None;
        _wait = failures.WaitOf(address);
        if (_wait > TimeSpan.Zero) return AuthenticateResult.Fail("Too many wrong keys.");
        if (await keys.FindAsync(key) is { } caller)
        {
            var identity = new CallerIdentity(caller, ApiKeySecret.HashHex(key));
            return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
        }

        failures.Add(address);
        return AuthenticateResult.Fail("Unknown key.");
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        await HandleAuthenticateOnceSafeAsync();
        if (_wait > TimeSpan.Zero)
        {
            var seconds = (int)Math.Ceiling(_wait.TotalSeconds);
            await ProblemWriter.WriteAsync(Context, new(429, ProblemCode.RateLimited, "Too many wrong keys from this address.") { RetryAfterSeconds = seconds });
            return;
        }

        Response.Headers.WWWAuthenticate = "Bearer";
        await ProblemWriter.WriteAsync(Context, StatusProblems.For(401));
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        ProblemWriter.WriteAsync(Context, StatusProblems.For(403));

    private string? Presented()
    {
        if (Request.Headers.TryGetValue(HeaderName, out var header)) return header;
        var authorization = Request.Headers.Authorization.ToString();
        return authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? authorization[Bearer.Length..].Trim() : null;
    }
}
