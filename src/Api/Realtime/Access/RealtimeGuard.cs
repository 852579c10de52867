using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Waqtor.Api.Access;
using Waqtor.Api.Addresses;
using Waqtor.Api.Problems;

namespace Waqtor.Api.Realtime.Access;

/// <summary>
/// Turns away who comes from an address or a page that may not. Browsers let any page open a WebSocket anywhere, so the
/// origin is checked here and not left to CORS; who sends no origin is no browser. Whom the key, the ticket or the session
/// does not let in is counted here for all entrances, because the checks themselves serve other doors as well.
/// </summary>
internal sealed class RealtimeGuard
{
    public const string OriginRefused = "origin";
    public const string AddressRefused = "address";

    private readonly RequestDelegate _next;
    private readonly RealtimeMetrics _metrics;
    private readonly HashSet<string> _origins;
    private readonly AddressList _addresses;

    public RealtimeGuard(RequestDelegate next, RealtimeMetrics metrics, IOptions<RealtimeOptions> options)
    {
        (_next, _metrics) = (next, metrics);
        _origins = RealtimeAccess.Origins(options.Value.AllowedOrigins).ToHashSet(StringComparer.OrdinalIgnoreCase);
        _addresses = AddressList.Parse(options.Value.AllowedAddresses);
    }

    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<RealtimeEntrance>() is null) return _next(context);
        if (!IsAllowedAddress(context.Connection.RemoteIpAddress)) return RefuseAsync(context, AddressRefused, "This address may not connect.");
        return IsAllowedOrigin(context.Request) ? EnterAsync(context) : RefuseAsync(context, OriginRefused, "Pages of this origin may not connect.");
    }

    private async Task EnterAsync(HttpContext context)
    {
        await _next(context);
        // The second: too many wrong ones.
        if (context.Response.StatusCode is not (StatusCodes.Status401Unauthorized or StatusCodes.Status429TooManyRequests)) return;
        _metrics.Refused(SaysWhoItIs(context.Request) ? FeedRefusal.WrongKey : FeedRefusal.NotAuthenticated);
    }

    private static bool SaysWhoItIs(HttpRequest request) =>
        request.Headers.ContainsKey(ApiKeyAuthenticationHandler.HeaderName)
        || request.Headers.Authorization.Count > 0
        || request.Query.ContainsKey(TicketAuthenticationHandler.QueryName)
        || request.Cookies.ContainsKey(BrowserSessions.CookieName);

    private Task RefuseAsync(HttpContext context, string reason, string title)
    {
        _metrics.Refused(reason);
        return ProblemWriter.WriteAsync(context, new Problem(403, ProblemCode.Forbidden, title));
    }

    private bool IsAllowedAddress(IPAddress? address) => _addresses.IsEmpty || (address is not null && _addresses.Contains(address));

    private bool IsAllowedOrigin(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        if (origin.Length == 0 || _origins.Contains("*") || _origins.Contains(origin)) return true;
        return Uri.TryCreate(origin, UriKind.Absolute, out var uri)
            && string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase);
    }
}
