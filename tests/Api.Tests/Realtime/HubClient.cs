using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;
using Waqtor.Api.Tests.Hosting;

namespace Waqtor.Api.Tests.Realtime;

/// <summary>Follows the feed by the hub <c>/hubs/events</c>, with the official client.</summary>
internal sealed class HubClient : FeedClient
{
    private readonly HubConnection _hub;

    private HubClient(HubConnection hub)
    {
        _hub = hub;
        _hub.On<JsonElement>("event", Heard);
        _hub.Closed += _ =>
        {
            Over();
            return Task.CompletedTask;
        };
    }

    public HubConnection Hub => _hub;

    public static async Task<HubClient> ConnectAsync(ApiHost host, string key, string hub = "/hubs/events")
    {
        var client = new HubClient(new HubConnectionBuilder()
            .WithUrl(new Uri(host.Address, hub), options => options.Headers["X-API-Key"] = key)
            .Build());
        await client._hub.StartAsync();
        return client;
    }

    public override async Task<JsonElement> SubscribeAsync(string[] topics, string? cursor = null)
    {
        var standing = await _hub.InvokeAsync<JsonElement>("Subscribe", topics, cursor);
        Stand(standing);
        return await StandingAsync();
    }

    public override ValueTask DisposeAsync() => _hub.DisposeAsync();
}
