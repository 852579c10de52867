using System.Net;
using System.Text;
using Waqtor.Api.Tests.Fakes;
using Waqtor.Api.Tests.Hosting;
using Waqtor.Conversations;
using Waqtor.Instances;
using Waqtor.Messages;

namespace Waqtor.Api.Tests.Inbound;

public sealed class RoutingTests
{
    private static FakeCluster TwoNumbers(string secretOfSecond = "app") => new FakeCluster()
        .With("one", ProviderKind.Cloud, new InstanceCredentials { AppSecret = "app" }, plain => plain with { PhoneNumberId = "111" })
        .With("two", ProviderKind.Cloud, new InstanceCredentials { AppSecret = secretOfSecond }, plain => plain with { PhoneNumberId = "222" });

    [Fact]
    public async Task Cloud_TwoNumbersInOneDelivery_EachGoesToItsInstance()
    {
        await using var host = await ApiHost.StartAsync(TwoNumbers());
        var answer = await SendCloudAsync(host, "one", Samples.Cloud(("111", "a"), ("222", "b"), ("111", "c")));
        answer.GetProperty("stored").GetInt32().ShouldBe(3);
        Ids(host, "one").ShouldBe(["a", "c"]);
        Ids(host, "two").ShouldBe(["b"]);
    }

    [Fact]
    public async Task Cloud_NumberOfAnInstanceWithAnotherSecret_IsParked()
    {
        await using var host = await ApiHost.StartAsync(TwoNumbers("another"));
        var answer = await SendCloudAsync(host, "one", Samples.Cloud(("222", "b"), ("111", "a")));
        answer.GetProperty("parked").GetInt32().ShouldBe(1);
        answer.GetProperty("stored").GetInt32().ShouldBe(1);
        Ids(host, "two").ShouldBeEmpty();
        host.Cluster.Parked.ShouldHaveSingleItem().Reason.ShouldBe("unknown_phone_number_id");
    }

    [Fact]
    public async Task Cloud_UnknownNumber_IsParkedBesideItsNeighbours()
    {
        await using var host = await ApiHost.StartAsync(TwoNumbers());
        var answer = await SendCloudAsync(host, "one", Samples.Cloud(("999", "x"), ("111", "a")));
        answer.GetProperty("parked").GetInt32().ShouldBe(1);
        Ids(host, "one").ShouldBe(["a"]);
        var parked = host.Cluster.Parked.ShouldHaveSingleItem();
        parked.Elements.Single(element => element.Outcome == "parked").Reason.ShouldBe("unknown_phone_number_id");
    }

    [Fact]
    public async Task Cloud_InstanceWithoutANumber_TakesAll()
    {
        await using var host = await ApiHost.StartAsync(new FakeCluster().With("one", ProviderKind.Cloud, new InstanceCredentials { AppSecret = "app" }));
        (await SendCloudAsync(host, "one", Samples.Cloud(("777", "a")))).GetProperty("stored").GetInt32().ShouldBe(1);
    }

    [Theory]
    [InlineData("session-b", "b")]
    [InlineData("b", "b")]
    [InlineData("unheard-of", "a")]
    [InlineData("session-a", "a")]
    public async Task Evolution_ByNameOfTheSession_GoesToItsInstanceElseToThatOfTheAddress(string session, string expected)
    {
        var cluster = new FakeCluster()
            .With("a", ProviderKind.Evolution, settings: plain => plain with { ProviderInstance = "session-a" })
            .With("b", ProviderKind.Evolution, settings: plain => plain with { ProviderInstance = "session-b" });
        await using var host = await ApiHost.StartAsync(cluster);
        (await host.DeliverAsync("evolution/a", Samples.Evolution(session, "m1"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        Ids(host, expected).ShouldBe(["m1"]);
    }

    [Fact]
    public async Task Evolution_SessionOfAnInstanceWithAnotherSecret_StaysWhereItsSecretIs()
    {
        var cluster = new FakeCluster()
            .With("a", ProviderKind.Evolution)
            .With("b", ProviderKind.Evolution, new InstanceCredentials { WebhookSecret = "of-b" });
        await using var host = await ApiHost.StartAsync(cluster);
        await host.DeliverAsync("evolution/a", Samples.Evolution("b", "m1"));
        Ids(host, "a").ShouldBe(["m1"]);
        Ids(host, "b").ShouldBeEmpty();
    }

    [Fact]
    public async Task Instance_MadeAfterTheStart_IsFoundAtOnceByItsNumber()
    {
        await using var host = await ApiHost.StartAsync(TwoNumbers());
        await host.Client.PostAsync("/api/instances", new StringContent(
            """{"name":"three","provider":"cloud","phoneNumberId":"333","appSecret":"app"}""", Encoding.UTF8, "application/json"));
        await SendCloudAsync(host, "one", Samples.Cloud(("333", "c")));
        Ids(host, "three").ShouldBe(["c"]);
    }

    [Fact]
    public async Task Contact_WithSeveralIds_IsLinkedOnceAndThenKnown()
    {
        await using var host = await ApiHost.StartAsync(new FakeCluster().With("a", ProviderKind.Evolution));
        for (var i = 0; i < 3; i++) await host.DeliverAsync("evolution/a", Samples.Evolution("a", $"m{i}", "6938000@lid", "201000000001@s.whatsapp.net"));

        Ids(host, "a").ShouldBe(["m0", "m1", "m2"]);
        var alias = host.Cluster.Conversation(ConversationKey.For("ins_a", new ContactIdentity { Lid = "6938000" }).Id);
        alias.Calls.ShouldHaveSingleItem().ShouldStartWith("move cnv_");
        alias.MovedTo.ShouldBe(host.Cluster.ConversationOf("a", "201000000001").Id);
    }

    [Fact]
    public async Task Contact_WhoseOtherIdHasTheHistory_IsStoredThere()
    {
        await using var host = await ApiHost.StartAsync(new FakeCluster().With("a", ProviderKind.Evolution));
        await host.DeliverAsync("evolution/a", Samples.Evolution("a", "m0", "6938000@lid"));
        await host.DeliverAsync("evolution/a", Samples.Evolution("a", "m1", "6938000@lid", "201000000001@s.whatsapp.net"));

        var lid = host.Cluster.Conversation(ConversationKey.For("ins_a", new ContactIdentity { Lid = "6938000" }).Id);
        lid.Messages.Select(message => message.ProviderMessageId).ShouldBe(["m0", "m1"]);
    }

    [Fact]
    public async Task Number_WrittenWithTheDialledPrefix_IsTheSameConversation()
    {
        await using var host = await ApiHost.StartAsync(new FakeCluster().With("shop", ProviderKind.Generic));
        await host.DeliverAsync("generic/shop", """{"id":"m1","from":"00201000000001","text":"hi"}""");
        Ids(host, "shop").ShouldBe(["m1"]);
    }

    [Fact]
    public async Task Conversation_ThatMoved_IsFollowed()
    {
        await using var host = await ApiHost.StartAsync(new FakeCluster().With("shop", ProviderKind.Generic));
        var here = host.Cluster.ConversationOf("shop", "201000000001");
        var there = host.Cluster.Conversation("cnv_00000000-0000-8000-8000-000000000001");
        here.MovedTo = there.Id;
        (await host.DeliverAsync("generic/shop", Samples.Generic("m1"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        there.Messages.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Conversations_MovedInACircle_EndInAParkedDeliveryNotInALoop()
    {
        await using var host = await ApiHost.StartAsync(
            new FakeCluster().With("shop", ProviderKind.Generic), [("Spool:BackoffMilliseconds", "10"), ("Spool:TriesMax", "2")]);
        var here = host.Cluster.ConversationOf("shop", "201000000001");
        var there = host.Cluster.Conversation("cnv_00000000-0000-8000-8000-000000000001");
        (here.MovedTo, there.MovedTo) = (there.Id, here.Id);
        (await host.DeliverAsync("generic/shop", Samples.Generic("m1"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        await Eventually.HappensAsync(() => !host.Cluster.Parked.IsEmpty, "the delivery is parked");
    }

    private static IEnumerable<string> Ids(ApiHost host, string instance) =>
        host.Cluster.ConversationOf(instance, "201000000001").Messages.Select(message => message.ProviderMessageId);

    private static async Task<System.Text.Json.JsonElement> SendCloudAsync(ApiHost host, string instance, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/inbound/cloud/{instance}") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("X-Hub-Signature-256", Samples.HubSignature("app", body));
        var response = await host.Provider.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await ApiHost.ReadAsync(response);
    }
}
