using System.Text.Json;
using MessagePack;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Waqtor.Api.Realtime.Transports;
using Waqtor.Api.Tests.Hosting;

namespace Waqtor.Api.Tests.Realtime;

/// <summary>The hubs in MessagePack: the same promises, in the same shape.</summary>
public sealed class MessagePackFeedTests(FeedFixture fixture) : FeedConformance(fixture)
{
    private static readonly MessagePackSerializerOptions Options = MessagePackSerializerOptions.Standard
        .WithResolver(JsonShapedResolver.Instance)
        .WithSecurity(MessagePackSecurity.UntrustedData);

    private protected override string Transport => "websocket";

    private protected override bool SaysThatItStops => false;

    private protected override async Task<FeedClient> OpenAsync(ApiHost node, string key) => await HubClient.ConnectAsync(node, key, isMessagePack: true);

    private protected override Task<IAsyncDisposable> OpenStalledAsync(ApiHost node) => HubFeedTests.OpenStalledHubAsync(node);

    [Fact]
    public async Task Call_WithArgumentsThatDoNotFit_IsRefusedAndTheConnectionStays()
    {
        var client = (HubClient)await OpenAsync();

        var refused = await Should.ThrowAsync<HubException>(() => client.Hub.InvokeAsync<object>("Subscribe", 7, "a"));

        refused.Message.ShouldContain("Subscribe");
        (await client.SubscribeAsync(["messages"])).GetProperty("topics").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public void Values_ThereAndBack_AreTheSameJson()
    {
        const string json = """{"text":"\u00e9\uD83D\uDE00","whole":9007199254740993,"part":1.5,"no":null,"yes":true,"list":[1,-1,{"empty":{}},[]],"at":"2026-01-02T03:04:05Z"}""";
        var value = JsonDocument.Parse(json).RootElement;

        var bytes = MessagePackSerializer.Serialize(value, Options);

        JsonElement.DeepEquals(MessagePackSerializer.Deserialize<JsonElement>(bytes, Options), value).ShouldBeTrue();
    }

    [Fact]
    public void Value_NestedTooDeeply_IsRefused()
    {
        // Each byte opens a list of one.
        var bytes = Enumerable.Repeat((byte)0x91, 100_000).Append((byte)0xc0).ToArray();

        Should.Throw<MessagePackSerializationException>(() => MessagePackSerializer.Deserialize<JsonElement>(bytes, Options));
    }
}
