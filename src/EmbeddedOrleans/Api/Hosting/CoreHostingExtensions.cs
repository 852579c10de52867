using System.Net;
using EmbeddedOrleans.Hosting;

namespace Orleans.Hosting;

/// <summary>Tracing, and clustering, of which there is none.</summary>
public static class CoreHostingExtensions
{
    /// <summary>
    /// Makes each call that is made within a span a span of its own, under "Microsoft.Orleans.Application".
    /// </summary>
    public static ISiloBuilder AddActivityPropagation(this ISiloBuilder builder) =>
        builder.Configure<EmbeddedSiloOptions>(static options => options.TracesCalls = true);

    /// <summary>
    /// Accepted so that the same configuration builds on both engines; the silo is alone and opens no ports.
    /// </summary>
    public static ISiloBuilder UseLocalhostClustering(
        this ISiloBuilder builder,
        int siloPort = 11111,
        int gatewayPort = 30000,
        IPEndPoint? primarySiloEndpoint = null,
        string serviceId = "dev",
        string clusterId = "dev") => builder;
}
