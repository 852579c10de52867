namespace Waqtor.Cluster.Tests.Cluster;

/// <summary>
/// A load balancer of the simplest kind: each request to the next node, whoever is next. Harder on the cluster than one
/// that keeps an instance's deliveries together.
/// </summary>
internal sealed class Balancer(IReadOnlyList<Uri> nodes) : DelegatingHandler(new SocketsHttpHandler
{
    ConnectTimeout = TimeSpan.FromSeconds(1),
    PooledConnectionLifetime = TimeSpan.FromSeconds(10),
})
{
    private int _next;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var node = nodes[(int)((uint)Interlocked.Increment(ref _next) % nodes.Count)];
        request.RequestUri = new Uri(node, request.RequestUri!.PathAndQuery);
        return base.SendAsync(request, cancellationToken);
    }
}
