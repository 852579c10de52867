using System.Collections.Concurrent;

namespace Waqtor.Api.Realtime;

/// <summary>The connections open on this node.</summary>
internal sealed class FeedConnections(FeedServices services, FeedSubscriptions subscriptions)
{
    private readonly ConcurrentDictionary<string, FeedConnection> _connections = new(StringComparer.Ordinal);

    public IEnumerable<FeedConnection> All => _connections.Select(pair => pair.Value);

    public int Count => _connections.Count;

    /// <summary>Set when the node stops: no more are taken.</summary>
    public bool IsStopping { get; private set; }

    public bool HasRoom => !IsStopping && Count < services.Options.ConnectionsMax;

    public void Open(FeedConnection connection)
    {
        _connections[connection.Id] = connection;
        services.Metrics.Opened(connection.Transport);
        if (IsStopping) connection.Close(CloseReason.Stopping);
    }

    public async Task CloseAsync(FeedConnection connection)
    {
        if (!_connections.TryRemove(connection.Id, out _)) return;
        connection.Abort(CloseReason.ClientLeft);
        services.Metrics.Closed(connection.Transport, connection.Reason ?? CloseReason.ClientLeft);
        await subscriptions.LeaveAsync(connection);
    }

    public void Stop()
    {
        IsStopping = true;
        foreach (var connection in All) connection.Close(CloseReason.Stopping);
    }
}
