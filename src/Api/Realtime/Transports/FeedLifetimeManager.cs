using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;
using Waqtor.Api.Access;

namespace Waqtor.Api.Realtime.Transports;

/// <summary>Makes each connection of a hub one of the feed's.</summary>
internal sealed class FeedLifetimeManager<THub>(ILogger<DefaultHubLifetimeManager<THub>> logger, FeedServices services, FeedConnections connections)
    : DefaultHubLifetimeManager<THub>(logger) where THub : Hub
{
    public override async Task OnConnectedAsync(HubConnectionContext connection)
    {
        await base.OnConnectedAsync(connection);
        var ours = new HubConnection(services, connection);
        connection.Items[typeof(HubConnection)] = ours;
        if (connection.User.Identity is CallerIdentity identity) ours.Authenticate(identity);
        if (connection.Protocol is MeteredProtocol protocol) protocol.Connection = ours;
        if (!connections.HasRoom)
        {
            services.Metrics.Refused(FeedRefusal.Full);
            ours.Close(connections.IsStopping ? CloseReason.Stopping : FeedRefusal.Full);
        }

        connections.Open(ours);
    }

    public override async Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        if (connection.Items.TryGetValue(typeof(HubConnection), out var ours)) await connections.CloseAsync((HubConnection)ours!);
        await base.OnDisconnectedAsync(connection);
    }
}
