using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Waqtor.Api.Realtime.Transports;

/// <summary>
/// Puts a <see cref="HeardStream"/> under the WebSockets of <c>/ws</c>. Their protocol answers pings by itself and tells nobody,
/// so that a client that only listens would look dead.
/// </summary>
internal sealed class SocketHearing(IHttpUpgradeFeature? upgrade, IHttpExtendedConnectFeature? connect) : IHttpUpgradeFeature, IHttpExtendedConnectFeature
{
    /// <summary>Once the connection is a WebSocket.</summary>
    public HeardStream? Stream { get; private set; }

    public bool IsUpgradableRequest => upgrade?.IsUpgradableRequest ?? false;

    public bool IsExtendedConnect => connect?.IsExtendedConnect ?? false;

    public string? Protocol => connect?.Protocol;

    /// <summary>Before the WebSockets' own middleware, which takes the stream.</summary>
    public static Task PrepareAsync(HttpContext context, RequestDelegate next)
    {
        if (!context.Request.Path.StartsWithSegments(SocketEndpoint.Path)) return next(context);
        var features = context.Features;
        var hearing = new SocketHearing(features.Get<IHttpUpgradeFeature>(), features.Get<IHttpExtendedConnectFeature>());
        features.Set(hearing);
        if (features.Get<IHttpUpgradeFeature>() is not null) features.Set<IHttpUpgradeFeature>(hearing);
        if (features.Get<IHttpExtendedConnectFeature>() is not null) features.Set<IHttpExtendedConnectFeature>(hearing);
        return next(context);
    }

    public async Task<Stream> UpgradeAsync() => Stream = new HeardStream(await upgrade!.UpgradeAsync());

    public async ValueTask<Stream> AcceptAsync() => Stream = new HeardStream(await connect!.AcceptAsync());
}
