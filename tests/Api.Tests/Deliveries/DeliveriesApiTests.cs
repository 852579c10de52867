using System.Net;
using NSubstitute;
using Waqtor.Access;
using Waqtor.Api.Tests.Fakes;
using Waqtor.Api.Tests.Hosting;
using Waqtor.Archive;
using Waqtor.Deliveries;
using Waqtor.Instances;

namespace Waqtor.Api.Tests.Deliveries;

public sealed class DeliveriesApiTests
{
    private static FakeCluster With(DeliveryRecord delivery, ProviderKind provider = ProviderKind.Generic)
    {
        var cluster = new FakeCluster().With("shop", provider);
        cluster.Archive.GetDeliveryAsync(delivery.Id, Arg.Any<CancellationToken>()).Returns(delivery);
        cluster.Archive.ListDeliveriesAsync(default!, default).ReturnsForAnyArgs(new Page<DeliveryRecord>([delivery], null));
        return cluster;
    }

    [Fact]
    public async Task Parked_IsShownWithItsRawBody_OneAtATime()
    {
        await using var host = await ApiHost.StartAsync(With(Parked("{ broken")));
        (await ApiHost.ReadAsync(await host.Client.GetAsync("/api/deliveries/dlv_1"))).GetProperty("raw").GetString().ShouldBe("{ broken");
        var item = (await ApiHost.ReadAsync(await host.Client.GetAsync("/api/deliveries?outcome=parked&instance=shop"))).GetProperty("items")[0];
        item.GetProperty("outcome").GetString().ShouldBe("parked");
        item.GetProperty("raw").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
    }

    [Fact]
    public async Task Parked_Replayed_GoesTheWayOfAnyDelivery()
    {
        await using var host = await ApiHost.StartAsync(With(Parked(Samples.Generic("m1"))));
        var response = await host.Client.PostAsync("/api/deliveries/dlv_1/replay", null);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ApiHost.ReadAsync(response)).GetProperty("stored").GetInt32().ShouldBe(1);
        host.Cluster.ConversationOf("shop", "201000000001").Messages.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Parked_OfAnUnknownNumber_GoesToTheInstanceMadeForItSince()
    {
        var cluster = With(Parked(Samples.Cloud(("222", "b"))), ProviderKind.Cloud);
        cluster.With("two", ProviderKind.Cloud, new InstanceCredentials { AppSecret = "unknown-to-the-replay" }, plain => plain with { PhoneNumberId = "222" });
        await using var host = await ApiHost.StartAsync(cluster);
        await host.Client.PostAsync("/api/deliveries/dlv_1/replay", null);
        cluster.ConversationOf("two", "201000000001").Messages.ShouldHaveSingleItem().ProviderMessageId.ShouldBe("b");
    }

    [Fact]
    public async Task Parked_StillUnreadable_Is400AndNotParkedTwice()
    {
        await using var host = await ApiHost.StartAsync(With(Parked("{ broken")));
        (await host.Client.PostAsync("/api/deliveries/dlv_1/replay", null)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        host.Cluster.Parked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Stored_Replayed_Is409()
    {
        await using var host = await ApiHost.StartAsync(With(Parked("x") with { Outcome = DeliveryOutcome.Stored, Raw = null }));
        (await host.Client.PostAsync("/api/deliveries/dlv_1/replay", null)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Delivery_OfAnotherInstance_Is404()
    {
        await using var host = await ApiHost.StartAsync(With(Parked("x")));
        using var client = await host.ClientAsync(Role.Operator, "other");
        (await client.GetAsync("/api/deliveries/dlv_1")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await client.PostAsync("/api/deliveries/dlv_1/replay", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static DeliveryRecord Parked(string raw) => new()
    {
        Id = "dlv_1",
        Instance = "shop",
        Provider = "generic",
        ReceivedAt = DateTimeOffset.UnixEpoch,
        Bytes = raw.Length,
        Outcome = DeliveryOutcome.Parked,
        Reason = "broken_json",
        Raw = raw,
    };
}
