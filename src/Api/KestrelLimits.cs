using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Waqtor.Api.Inbound;

namespace Waqtor.Api;

/// <summary>Sets the server's own guards by <see cref="IngestOptions"/>: slow, half-open and endless senders are cut off.</summary>
public static class KestrelLimits
{
    public static IWebHostBuilder ConfigureWaqtorKestrel(this IWebHostBuilder builder) => builder.ConfigureKestrel(kestrel =>
    {
        var options = kestrel.ApplicationServices.GetRequiredService<IOptions<IngestOptions>>().Value;
        kestrel.AddServerHeader = false;
        kestrel.AllowSynchronousIO = false;
        kestrel.Limits.MaxRequestBodySize = options.BodyBytesMax;
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(options.BodyBytesPerSecondMin, TimeSpan.FromSeconds(options.BodyGraceSeconds));
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(options.HeaderTimeoutSeconds);
        kestrel.Limits.MaxConcurrentConnections = options.ConnectionsMax;
    });
}
