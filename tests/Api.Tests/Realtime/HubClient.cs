using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Waqtor.Api.Tests.Hosting;

namespace Waqtor.Api.Tests.Realtime;

/// <summary>Follows the feed by the hub <c>/hubs/events</c>, with the official client.</summary>
internal sealed class HubClient : FeedClient
{
    private readonly HubConnection _hub;

    private readonly bool _isMessagePack;

    private HubClient(HubConnection hub, bool isMessagePack)
    {
        _hub = hub;
        _isMessagePack = isMessagePack;
        if (isMessagePack) _hub.On<object>("event", told => Heard(Json(told)));
        else _hub.On<JsonElement>("event", Heard);
        _hub.Closed += _ =>
        {
            Over();
            return Task.CompletedTask;
        };
    }

    public HubConnection Hub => _hub;

    public static async Task<HubClient> ConnectAsync(ApiHost host, string key, string hub = "/hubs/events", bool isMessagePack = false)
    {
        var builder = new HubConnectionBuilder().WithUrl(new Uri(host.Address, hub), options => options.Headers["X-API-Key"] = key);
        if (isMessagePack) builder.AddMessagePackProtocol();
        var client = new HubClient(builder.Build(), isMessagePack);
        await client._hub.StartAsync();
        return client;
    }

    public override async Task<JsonElement> SubscribeAsync(string[] topics, string? cursor = null)
    {
        var standing = _isMessagePack
            ? Json(await _hub.InvokeAsync<object>("Subscribe", topics, cursor))
            : await _hub.InvokeAsync<JsonElement>("Subscribe", topics, cursor);
        Stand(standing);
        return await StandingAsync();
    }

    public override ValueTask DisposeAsync() => _hub.DisposeAsync();

    // What the protocol makes of maps and lists when nobody tells it a type.
    private static JsonElement Json(object? value) => JsonSerializer.SerializeToElement(Plain(value));

    private static object? Plain(object? value) => value switch
    {
        IDictionary<object, object> map => map.ToDictionary(pair => (string)pair.Key, pair => Plain(pair.Value)),
        object[] list => list.Select(Plain).ToArray(),
        _ => value,
    };
}
