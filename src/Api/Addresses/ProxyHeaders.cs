using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Waqtor.Api.Addresses;

/// <summary>Gives a request that came through a trusted proxy the address and the scheme of its client.</summary>
internal static class ProxyHeaders
{
    public static void UseProxies(this IApplicationBuilder app)
    {
        var options = app.ApplicationServices.GetRequiredService<IOptions<ProxyOptions>>().Value;
        var trusted = AddressList.Parse(options.Trusted);
        // The middleware takes an empty list for "believe everybody".
        if (trusted.IsEmpty) return;
        var headers = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardLimit = options.HopsMax,
        };
        // Loopback is among both by default.
        headers.KnownProxies.Clear();
        headers.KnownIPNetworks.Clear();
        foreach (var network in trusted.Networks) headers.KnownIPNetworks.Add(network);
        app.UseForwardedHeaders(headers);
    }
}
